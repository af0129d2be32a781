import { expect, test } from './fixtures.ts'

test('Grace adds a passkey and signs in with it, after her password and without one', async ({
  scenario,
  person,
  securityKey,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  const key = await securityKey(page)
  await grace.logIn()
  await page.getByRole('link', { name: 'Use something stronger than a text' }).click()
  await page.getByRole('button', { name: /Passkey or security key/ }).click()
  await page.getByLabel('Name it').fill('This laptop')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('I have saved these').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL('/')
  expect(await key.count()).toBe(1)
  await page.goto('/settings')
  await expect(page.getByText('This laptop', { exact: true })).toBeVisible()

  const signOut = async () => {
    await page.getByRole('button', { name: 'Grace Lindqvist' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible()
  }
  // The key answers suggestions by itself, as if its owner had picked it, so it is asleep until it is wanted.
  await key.recognise(false)
  await signOut()
  await grace.logIn()
  await expect(page.getByRole('heading', { name: 'Use your passkey' })).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert')).toContainText('Your browser stopped that')
  await key.recognise(true)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL('/')

  await key.recognise(false)
  await page.goto('/settings')
  await signOut()
  await key.recognise(true)
  const button = page.getByRole('button', { name: 'Sign in with a passkey' })
  // A key that wakes before the page suggests its passkey answers the suggestion, and the button is gone unpressed.
  await button.click({ timeout: 5_000 }).catch(() => expect(button).toBeHidden())
  await expect(page).toHaveURL('/')
  await expect(page.getByText('Grace Lindqvist').first()).toBeVisible()
})
