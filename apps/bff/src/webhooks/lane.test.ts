import type { OutgoingMail } from '@countersign/core/gateways/mailer'
import { outsideTasks, tasks } from '@countersign/core/jobs/tasks'
import { startWorker } from '@countersign/core/mail/worker'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testPortal } from '../testing/portal.ts'
import { receiver } from '../testing/receiver.ts'
import { signedIn } from '../testing/signed-in.ts'

const inbox = await receiver()
const patience = 8000
const portal = await testPortal({ webhooks: { sandbox: inbox.origin, patience } })

test('A-74 a company’s receivers that all hang hold up no mail, and no other company’s webhook', async () => {
  await portal.play('enrolled')
  inbox.manners.set('/hang', () => {})
  const add = (path: string) => ({ url: `${inbox.origin}${path}`, topics: ['enforcement'] })
  const ada = await signedIn(portal, 'ada@northwind.test')
  for (let n = 0; n < 5; n += 1) expect((await ada.post('/api/webhooks', add('/hang'))).status).toBe(201)
  const sam = await signedIn(portal, 'sam@contoso.test')
  await sam.post('/api/webhooks', add('/fine'))
  const mails: OutgoingMail[] = []
  const mailer = { send: async (mail: OutgoingMail) => void mails.push(mail), close: () => {} }

  const worker = await startWorker(portal.deps, mailer, portal.urls.worker, tasks, outsideTasks)
  onTestFinished(() => worker.stop())
  await ada.post('/api/networks', { name: 'Head office', cidr: '198.51.100.0/24' })
  await vi.waitFor(() => expect(inbox.at('/hang')).toHaveLength(5), { timeout: 20_000 })
  const begun = performance.now()
  await sam.post('/api/networks', { name: 'Branch', cidr: '203.0.113.0/24' })
  await vi.waitFor(() => expect(inbox.at('/fine')).toHaveLength(1), { timeout: patience })
  await vi.waitFor(() => expect(mails.some((mail) => mail.to === 'sam@contoso.test')).toBe(true), {
    timeout: patience,
  })
  expect(performance.now() - begun).toBeLessThan(patience)
})
