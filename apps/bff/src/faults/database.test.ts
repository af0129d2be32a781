import { tasks } from '@countersign/core/jobs/tasks'
import { startWorker } from '@countersign/core/mail/worker'
import { afterAll, expect, test, vi } from 'vitest'
import { browser, testPortal } from '../testing/portal.ts'
import { restartingDatabase } from '../testing/restarting-database.ts'
import { began, brokenLinks, grace } from '../testing/steps.ts'

const { database, goAway, comeBack, remove } = await restartingDatabase({ durable: false })
const portal = await testPortal({ database })
portal.deps.log.error = () => {}
const delivered: string[] = []
const mailer = { send: async (mail: { to: string }) => void delivered.push(mail.to), close: () => {} }
const worker = await startWorker(portal.deps, mailer, database.urls.worker, tasks)

afterAll(async () => {
  await worker.stop().catch(() => {})
  await Promise.all([portal.deps.sql.end({ timeout: 1 }), portal.owner.end({ timeout: 1 })])
  await remove()
})

test('the database restarts under load: requests fail with "unavailable", then recover by themselves', async () => {
  await portal.play('fresh')
  const { web } = await began(portal, grace)
  await web.post('/api/sign-in/remind-later')
  expect((await web.get('/api/session')).status).toBe(200)

  const seen: { status: number; code?: string }[] = []
  let over = false
  const load = [0, 1, 2, 3].map(async (n) => {
    while (!over) {
      const asked =
        n === 0
          ? await browser(portal, `192.0.2.${seen.length % 250}`).post('/api/sign-in', {
              email: `n${seen.length}@x.test`,
              password: 'wrong',
            })
          : await web.get('/api/session')
      seen.push({ status: asked.status, code: asked.body?.code })
    }
  })
  const count = (status: number) => seen.filter((one) => one.status === status).length
  const patiently = { timeout: 60_000, interval: 20 }
  await vi.waitFor(() => expect(count(200)).toBeGreaterThan(20), patiently)

  await goAway()
  await vi.waitFor(() => expect(count(503)).toBeGreaterThan(10), patiently)
  expect((await portal.app.request('/healthz')).status).toBe(503)

  await comeBack()
  const before = count(200)
  await vi.waitFor(() => expect(count(200)).toBeGreaterThan(before + 20), patiently)
  over = true
  await Promise.all(load)

  expect([...new Set(seen.map((one) => one.status))].sort()).toEqual([200, 401, 503])
  expect(new Set(seen.filter((one) => one.status === 503).map((one) => one.code))).toEqual(
    new Set(['unavailable']),
  )
  // Nobody was signed out by it, and what is on record is whole.
  for (const { code } of seen.filter((one) => one.status === 401)) expect(code).toBe('wrong-credentials')
  expect((await portal.app.request('/healthz')).status).toBe(200)
  expect(await brokenLinks(portal)).toEqual([])

  // The queue came back too.
  await browser(portal).post('/api/links/forgotten-password', { email: grace.email })
  await vi.waitFor(() => expect(delivered).toContain(grace.email), patiently)
}, 180_000)
