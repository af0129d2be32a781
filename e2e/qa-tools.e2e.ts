import { expect, test } from './fixtures.ts'

const hours = 3_600_000

test('QA moves the clock on, and a scenario puts it back', async ({ scenario, clock }) => {
  await scenario('fresh')
  const before = await clock.now()
  const moved = await clock.advance('PT48H')
  expect(moved.getTime() - before.getTime()).toBeGreaterThanOrEqual(48 * hours)

  await scenario('fresh')
  const after = await clock.now()
  expect(after.getTime() - before.getTime()).toBeLessThan(1 * hours)
})

test('a scenario with enrolled people tells the keys of their apps', async ({
  scenario,
  sandbox,
  person,
}) => {
  await scenario('fresh')
  expect(await sandbox.authenticators('grace@northwind.test')).toEqual([])

  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const app = await grace.app()
  const first = await app.code()
  expect(first).toMatch(/^\d{6}$/)
  expect(await app.shown()).toBe(first)
  expect(await app.code()).not.toBe(first)
})

test('a scenario nobody wrote is refused by name', async ({ request, scenario }) => {
  await scenario('fresh')
  const sandbox = process.env.SANDBOX_URL || 'http://localhost:3900'
  const answer = await request.post(`${sandbox}/api/scenarios/nonsense`)
  expect(answer.status()).toBe(404)
  expect(await answer.text()).toContain('nonsense')
})
