import { createSmtpMailer } from '@countersign/core/gateways/mailer'
import { tasks } from '@countersign/core/jobs/tasks'
import { startWorker } from '@countersign/core/mail/worker'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { testSandbox } from '../testing/faulty-sandbox.ts'
import { browser, testPortal } from '../testing/portal.ts'
import { grace } from '../testing/steps.ts'

const sandbox = await testSandbox()
const portal = await testPortal()
beforeEach(() => portal.play('fresh'))

const mailer = createSmtpMailer({
  url: `smtp://127.0.0.1:${sandbox.ports.smtp}`,
  from: 'Countersign <no-reply@countersign.test>',
  host: 'portal.test',
})
const worker = await startWorker(portal.deps, mailer, portal.urls.worker, tasks)
afterAll(async () => {
  await worker.stop()
  mailer.close()
})

const onFile = async () => {
  const [mail] = await portal.owner<
    { sentAt: Date | null; tries: number; lastError: string | null; params: string | null }[]
  >`
    select sent_at, tries, last_error, params from mails where recipient = ${grace.email}`
  return mail
}
const patiently = { timeout: 40_000, interval: 100 }

test.each(['down', 'error'] as const)(
  'mail server %s: kept and sent later, once; until then shown to no one as sent',
  async (mode) => {
    const before = (await sandbox.messages(grace.email)).length
    await sandbox.break('mail', mode)
    expect((await browser(portal).post('/api/links/forgotten-password', { email: grace.email })).status).toBe(
      202,
    )
    await vi.waitFor(async () => expect((await onFile())?.tries).toBeGreaterThan(0), patiently)
    expect(await onFile()).toMatchObject({
      sentAt: null,
      lastError: expect.any(String),
      params: expect.any(String),
    })
    expect(await sandbox.messages(grace.email)).toHaveLength(before)
    await sandbox.heal('mail')
    await vi.waitFor(async () => expect((await onFile())?.sentAt).toBeInstanceOf(Date), patiently)
    // What it said is gone from our side, and it was said once.
    expect(await onFile()).toMatchObject({ params: null, lastError: null })
    expect(await sandbox.messages(grace.email)).toHaveLength(before + 1)
  },
)
