import { expect, test } from './fixtures.ts'

test('Linus, without a phone, enables 2FA with an app and is SECURED', async ({
  scenario,
  person,
  authenticatorApp,
  picture,
}) => {
  await scenario('fresh')
  const linus = await person('linus@northwind.test')
  const { page } = linus
  await linus.logIn()
  await page.getByRole('link', { name: 'Use something stronger than a text' }).click()
  await page.getByRole('button', { name: /Third Party Authenticator App/ }).click()

  const link = page.getByRole('link', { name: 'Open in your authenticator app' })
  const app = authenticatorApp((await link.getAttribute('href')) ?? '')
  await picture(page, 'authenticator-app')
  await page.getByLabel('Enter the six digits it shows').fill(await app.code())
  await page.getByLabel('Name it').fill('Work phone')
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
  await page.getByLabel('I have saved these').check()
  await page.getByRole('button', { name: 'Continue' }).click()

  await expect(page).toHaveURL('/')
  await page.goto('/settings')
  await expect(page.getByText('SECURED', { exact: true })).toBeVisible()
  await expect(page.getByText('Work phone', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Linus Okafor' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible()
  await expect(page.getByText('You are signed out.')).toBeHidden()
  await linus.logIn()
  await page.getByLabel('Six-digit code').fill(await app.code())
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page).toHaveURL('/')
})
