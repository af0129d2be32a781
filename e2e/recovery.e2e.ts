import type { Person } from './fixtures/person.ts'
import { expect, test } from './fixtures.ts'

const newPassword = 'a shed full of lawn mowers'

const signInWithApp = async (person: Person) => {
  await person.logIn()
  await person.page.getByLabel('Six-digit code').fill(await (await person.app()).code())
  await person.page.getByRole('button', { name: 'Submit' }).click()
  await expect(person.page).toHaveURL('/')
}

const lostPhone = async ({ page }: Person) => {
  await page.getByRole('link', { name: 'I don’t have access to my phone' }).click()
  await expect(page.getByRole('heading', { name: 'I don’t have access to my phone' })).toBeVisible()
}

const askForNewNumber = async (person: Person, number: string, code: () => Promise<string>) => {
  const { page } = person
  await person.logIn()
  await lostPhone(person)
  await page.getByRole('link', { name: /new phone number/ }).click()
  await page.getByLabel('Mobile phone number').fill(number)
  await page.getByRole('button', { name: 'Check this number' }).click()
  await page.getByLabel('Six-digit code').fill(await code())
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Your new number' })).toBeVisible()
}

test('A new number works after 72 hours, and the old app until then and beyond', async ({
  scenario,
  person,
  phone,
  clock,
}) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  await askForNewNumber(grace, '+1 415 555 0122', phone('+14155550122').code)
  await clock.advance('PT71H')
  const early = await person('grace@northwind.test')
  await early.logIn()
  await early.page.getByRole('link', { name: 'Try another way' }).click()
  await expect(early.page.getByRole('button', { name: /Text or call/ })).toHaveCount(0)
  await clock.advance('PT61M')
  await early.logIn()
  await early.page.getByRole('link', { name: 'Try another way' }).click()
  await early.page.getByRole('button', { name: /Text or call/ }).click()
  await early.page.getByLabel('Six-digit code').fill(await phone('+14155550122').code())
  await early.page.getByRole('button', { name: 'Submit' }).click()
  await expect(early.page).toHaveURL('/')
})

test('The owner cancels a new number from the mail, by a press and not by opening it', async ({
  scenario,
  person,
  phone,
  mailbox,
  clock,
}) => {
  await scenario('enrolled')
  const thief = await person('grace@northwind.test', { from: '203.0.113.66' })
  await askForNewNumber(thief, '+1 415 555 0133', phone('+14155550133').code)
  const owner = await person('grace@northwind.test')
  const link = await mailbox('grace@northwind.test').link(/change your phone number/, /cancel-phone-change/)
  await owner.page.goto(link)
  await owner.page.getByRole('button', { name: 'Cancel the request' }).click()
  await expect(owner.page.getByRole('heading', { name: 'Your phone number stays' })).toBeVisible()
  await clock.advance('PT80H')
  await owner.logIn()
  await owner.page.getByRole('link', { name: 'Try another way' }).click()
  await expect(owner.page.getByRole('button', { name: /Text or call/ })).toHaveCount(0)
})

test('Whoever is signed in sees a new number coming and keeps the old', async ({
  scenario,
  person,
  phone,
}) => {
  await scenario('enrolled')
  await askForNewNumber(await person('grace@northwind.test'), '+1 415 555 0123', phone('+14155550123').code)
  const owner = await person('grace@northwind.test')
  await signInWithApp(owner)
  await owner.page.getByRole('button', { name: 'Keep my number' }).click()
  await expect(owner.page.getByText('Your phone number changes')).toHaveCount(0)
})

test('A passcode, a new password, a new factor, new codes; and the old ones are dead', async ({
  scenario,
  person,
  mailbox,
  authenticatorApp,
}) => {
  await scenario('enrolled')
  const ada = await person('ada@northwind.test')
  await signInWithApp(ada)
  const grace = await person('grace@northwind.test')
  const old = await grace.app()
  await ada.page.goto('/admin/employees')
  await ada.page.getByRole('button', { name: 'Edit Grace Lindqvist' }).click()
  await ada.page.getByRole('button', { name: 'Email TOTP' }).click()
  await expect(
    ada.page.getByRole('status').filter({ hasText: 'One-time passcode sent to g••••@northwind.test' }),
  ).toBeVisible()
  const passcode = await mailbox(grace.email).code(/one-time passcode/)

  const { page } = grace
  await grace.logIn()
  await lostPhone(grace)
  await page.getByRole('button', { name: /One-time passcode/ }).click()
  await page.getByLabel('One-time passcode').fill(passcode.toLowerCase())
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
  await page.reload()
  await page.goto('/settings')
  await expect(page).toHaveURL(/\/login/)
  await page.goto('/login/next')
  await page.getByLabel('New password', { exact: true }).fill(newPassword)
  await page.getByRole('button', { name: 'Save password' }).click()
  await page.getByRole('link', { name: /stronger than a text/ }).click()
  await page.getByRole('button', { name: /Third Party Authenticator App/ }).click()
  const link = page.getByRole('link', { name: 'Open in your authenticator app' })
  const app = authenticatorApp((await link.getAttribute('href')) ?? '')
  await page.getByLabel('Enter the six digits it shows').fill(await app.code())
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
  await expect(page.getByLabel('I have saved these')).toBeVisible()
  await page.reload()
  await page.getByLabel('I have saved these').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  // Where they were going before they were sent to the sign-in.
  await expect(page).toHaveURL('/settings')
  await expect(page.getByText('SECURED', { exact: true })).toBeVisible()

  const again = await person('grace@northwind.test')
  await again.logIn(newPassword)
  await again.page.getByLabel('Six-digit code').fill(await old.code())
  await again.page.getByRole('button', { name: 'Submit' }).click()
  await expect(again.page.getByLabel('Six-digit code')).toHaveAccessibleDescription(/not the code/)
})

test('A client account cannot be sent one, and the screen says why', async ({ scenario, person }) => {
  await scenario('enrolled')
  const ada = await person('ada@northwind.test')
  await signInWithApp(ada)
  const { page } = ada
  await page.goto('/admin/employees')
  await page.getByRole('button', { name: 'Edit Carol Whitmore' }).click()
  const send = page.getByRole('button', { name: 'Email TOTP' })
  await expect(send).toBeDisabled()
  await expect(send).toHaveAccessibleDescription(/Contact support/)
})

test('A passcode that the mail server does not take is not called sent until it is', async ({
  scenario,
  person,
  faults,
}) => {
  await scenario('enrolled')
  const ada = await person('ada@northwind.test')
  await signInWithApp(ada)
  const { page } = ada
  await faults.break('mail', 'error')
  await page.goto('/admin/employees')
  await page.getByRole('button', { name: 'Edit Grace Lindqvist' }).click()
  await page.getByRole('button', { name: 'Email TOTP' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Not sent yet, retrying' })).toBeVisible()
  await faults.heal('mail')
  await expect(page.getByRole('status').filter({ hasText: 'One-time passcode sent' })).toBeVisible({
    timeout: 40_000,
  })
})

test('A Security Admin who knows the caller approves a new number early', async ({
  scenario,
  person,
  phone,
}) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  await signInWithApp(grace)
  const stranded = await person('grace@northwind.test')
  await askForNewNumber(stranded, '+1 415 555 0124', phone('+14155550124').code)
  const ada = await person('ada@northwind.test')
  await signInWithApp(ada)
  await ada.page.goto('/admin/employees')
  await ada.page.getByRole('button', { name: 'Edit Grace Lindqvist' }).click()

  await ada.page.getByRole('button', { name: 'Check the caller first' }).click()
  const words = await ada.page.getByRole('list', { name: 'Three words' }).innerText()
  await grace.page.reload()
  expect(await grace.page.getByRole('list', { name: 'Three words' }).innerText()).toBe(words)

  await ada.page.getByRole('button', { name: 'Approve the new number of Grace Lindqvist' }).click()
  await expect(ada.page.getByText('Grace Lindqvist’s new number works from now on.')).toBeVisible()
  await stranded.logIn()
  await stranded.page.getByRole('link', { name: 'Try another way' }).click()
  await expect(stranded.page.getByRole('button', { name: /Text or call/ })).toBeVisible()
})
