import { expect, test } from './fixtures.ts'

test('Grace signs in with her app, after a slip of the finger', async ({ scenario, person }) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await grace.logIn()

  await expect(page.getByRole('heading', { name: 'Enter the code from your app' })).toBeVisible()
  const code = page.getByLabel('Six-digit code')
  const right = await (await grace.app()).code()
  await code.fill(right === '000000' ? '000001' : '000000')
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(code).toHaveAccessibleDescription(/That is not the code\. Four tries are left/)

  await code.fill(right)
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page).toHaveURL('/')
})

test('A code that let somebody in lets nobody else in', async ({ scenario, person }) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const thief = await person('grace@northwind.test', { from: '203.0.113.66' })
  const app = await grace.app()
  const code = await app.code()
  for (const { logIn, page } of [grace, thief]) {
    await logIn()
    await page.getByLabel('Six-digit code').fill(code)
    await page.getByRole('button', { name: 'Submit' }).click()
  }
  await expect(grace.page).toHaveURL('/')
  await expect(thief.page.getByLabel('Six-digit code')).toHaveAccessibleDescription(/used already/)
  expect((await thief.page.request.get('/api/session')).status()).toBe(401)
})

test('A wrong password opens nothing', async ({ scenario, person }) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  await grace.logIn('plenty of paper clip')
  await expect(grace.page.getByRole('alert')).toBeVisible()
  await expect(grace.page).toHaveURL(/\/login/)
  await expect(grace.page.getByLabel('Six-digit code')).toHaveCount(0)
})
