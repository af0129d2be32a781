import type { Person } from './fixtures/person.ts'
import { expect, test } from './fixtures.ts'

const signIn = async (person: Person) => {
  await person.logIn()
  await person.page.getByLabel('Six-digit code').fill(await (await person.app()).code())
  await person.page.getByRole('button', { name: 'Submit' }).click()
  await expect(person.page).toHaveURL('/')
}

const typeCode = async ({ page }: Person, code: string) => {
  await page.getByLabel('Six-digit code').fill(code)
  await page.getByRole('button', { name: 'Submit' }).click()
}

test('Grace, who put it off, enables 2FA in User Settings and gives the app a name', async ({
  scenario,
  person,
  authenticatorApp,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await grace.logIn()
  await page.getByRole('button', { name: 'Remind me in 48 hours' }).click()
  await expect(page.getByRole('heading', { name: 'Your account is not secured' })).toBeVisible()
  await page.getByRole('link', { name: 'Enable 2FA' }).click()
  await page.getByRole('radio', { name: /Third Party Authenticator App/ }).check()
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
  const link = page.getByRole('link', { name: 'Open in your authenticator app' })
  const app = authenticatorApp((await link.getAttribute('href')) ?? '')
  await page.getByLabel('Enter the six digits it shows').fill(await app.code())
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
  await page.getByLabel('I have saved these').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL('/settings')
  await expect(page.getByText('SECURED', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Rename Authenticator app' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Desk phone')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Remove Desk phone' })).toBeVisible()
})

test('A changed number is verified first, after the old factor was proven afresh', async ({
  scenario,
  person,
  phone,
  mailbox,
  clock,
}) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await signIn(grace)
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Use for codes: phone number' }).click()
  await page.getByLabel('Mobile phone number').fill('+1 415 555 0102')
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
  const old = phone('+14155550102')
  await typeCode(grace, await old.code())
  await page.getByLabel('I have saved these').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL('/settings')

  await clock.advance('PT6M')
  await page.getByRole('button', { name: 'Change phone number' }).click()
  await expect(page.getByRole('dialog', { name: 'Confirm it is you' })).toBeVisible()
  await typeCode(grace, await old.code())

  await page.getByLabel('Mobile phone number').fill('+1 415 555 0122')
  await page.getByRole('button', { name: 'Check this number' }).click()
  await typeCode(grace, await phone('+14155550122').code())
  await expect(page).toHaveURL('/settings')
  await expect(page.getByRole('button', { name: 'Remove +1 ••• ••• ••22' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove +1 ••• ••• ••02' })).toHaveCount(0)
  await mailbox('grace@northwind.test').next(/phone number was changed/)
})

test('A new e-mail address works once its link was opened and confirmed', async ({
  scenario,
  person,
  mailbox,
}) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await signIn(grace)
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Change e-mail address' }).click()
  await page.getByLabel('New e-mail address').fill('grace@lindqvist.test')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText('Waiting for grace@lindqvist.test')).toBeVisible()

  await page.goto(await mailbox('grace@lindqvist.test').link(/Confirm/))
  await expect(page).toHaveURL('/confirm-email')
  await page.getByRole('button', { name: 'Confirm this address' }).click()
  await expect(page.getByRole('heading', { name: 'Your e-mail address is changed' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to User Settings' }).click()
  await expect(page.getByText('grace@lindqvist.test', { exact: true })).toBeVisible()
  await mailbox('grace@northwind.test').next(/address was changed/)
})

test('A mailed link gives a new password, and the second factor is still asked for', async ({
  scenario,
  person,
  mailbox,
}) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await page.goto('/login')
  await page.getByRole('link', { name: 'Forgotten password?' }).click()
  await expect(page.getByRole('heading', { name: 'Forgotten password' })).toBeVisible()
  await page.getByLabel('E-mail address').fill(grace.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible()

  const mail = mailbox(grace.email)
  await page.goto(await mail.link(/new password/))
  await page.getByLabel('New password').fill('a shed full of lawn mowers')
  await page.getByRole('button', { name: 'Save password' }).click()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await grace.logIn('a shed full of lawn mowers')
  await typeCode(grace, await (await grace.app()).code())
  await expect(page).toHaveURL('/')

  await page.goto(await mail.link(/password was changed/, /not-me/))
  await page.getByRole('button', { name: /It was not me/ }).click()
  await expect(page.getByRole('heading', { name: 'You are signed out everywhere' })).toBeVisible()
  await page.goto('/settings')
  await expect(page).toHaveURL('/login')
})
