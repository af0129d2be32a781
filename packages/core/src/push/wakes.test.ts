import { expect, test, vi } from 'vitest'
import { connect } from '../db/connect.ts'
import { testDatabase } from '../testing/database.ts'
import { createWakes, wake } from './wakes.ts'

const { app, owner, urls } = await testDatabase()
const log = { info: () => {}, warn: () => {}, error: () => {} }

test('all instances hear of it, only those who wait for it, and only after commit', async () => {
  const other = connect(urls.app)
  const heard = { here: vi.fn(), there: vi.fn(), elsewhere: vi.fn() }
  createWakes(app, log).wait(['device:1'], heard.here)
  const there = createWakes(other, log)
  const end = there.wait(['device:1', 'owner:2'], heard.there)
  there.wait(['device:3'], heard.elsewhere)
  // Everybody is woken once when listening begins, in case something was said before.
  await expect.poll(() => Math.min(...Object.values(heard).map((one) => one.mock.calls.length))).toBe(1)
  for (const one of Object.values(heard)) one.mockClear()

  await app
    .begin(async (tx) => {
      await wake(tx, 'device:1')
      throw new Error('rolled back')
    })
    .catch(() => {})
  await app.begin(async (tx) => {
    await wake(tx, 'device:1')
    await wake(tx, 'owner:2')
  })
  await expect.poll(() => heard.there.mock.calls.length).toBe(2)
  await expect.poll(() => heard.here.mock.calls.length).toBe(1)
  expect(heard.elsewhere).not.toHaveBeenCalled()

  end()
  await wake(app, 'device:1')
  await expect.poll(() => heard.here.mock.calls.length).toBe(2)
  expect(heard.there.mock.calls.length).toBe(2)
  await other.end()
})

test('after a lost connection everybody is woken, so that nothing is missed', async () => {
  const sql = connect(urls.app)
  const heard = vi.fn()
  createWakes(sql, log).wait(['device:9'], heard)
  await expect.poll(() => heard.mock.calls.length).toBe(1)
  await owner`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and pid <> pg_backend_pid()`
  await expect.poll(() => heard.mock.calls.length, { timeout: 5000 }).toBe(2)
  await wake(sql, 'device:9')
  await expect.poll(() => heard.mock.calls.length).toBe(3)
  await sql.end()
})
