import { expect, test } from './fixtures.ts'

test('"Remind me in 48 hours" holds for 48 hours, and not a minute longer', async ({
  scenario,
  person,
  clock,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await grace.logIn()
  await page.getByRole('button', { name: 'Remind me in 48 hours' }).click()
  await expect(page).toHaveURL('/')

  await clock.advance('PT47H59M')
  await grace.logIn()
  await expect(page).toHaveURL('/')

  await clock.advance('PT1M')
  await grace.logIn()
  await expect(page.getByRole('heading', { name: 'Enable 2FA' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remind me in 48 hours' })).toBeVisible()
})
