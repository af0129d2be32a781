import type { Page } from '@playwright/test'
import type { Person } from './fixtures/person.ts'
import { expect, test } from './fixtures.ts'

const company = 'Northwind IT'

const enter = async (page: Page, code: string) => {
  await page.getByLabel('Six-digit code').fill(code)
  await page.getByRole('button', { name: 'Submit' }).click()
}

const signInWithApp = async (person: Person) => {
  await person.logIn()
  await enter(person.page, await (await person.app()).code())
  // The page has arrived when its heading has the focus.
  await expect(person.page.getByRole('heading', { name: 'Your account is secured' })).toBeFocused()
}

const openCompanySettings = async (page: Page) => {
  await page.getByRole('button', { name: 'Admin' }).click()
  await page.getByRole('menuitem', { name: 'Company Settings' }).click()
  await expect(page.getByRole('heading', { name: 'Company Settings' })).toBeVisible()
}

const card = (page: Page) => page.getByRole('region', { name: 'Authentication Settings' })

test('Ada rehearses, types the name and requires 2FA; nothing undoes it and Grace must enrol', async ({
  scenario,
  person,
  mailbox,
  phone,
}) => {
  await scenario('all-mobile')
  const grace = await person('grace@northwind.test')
  await grace.logIn()
  await grace.page.getByRole('button', { name: 'Remind me in 48 hours' }).click()
  await expect(grace.page).toHaveURL('/')

  const ada = await person('ada@northwind.test')
  const { page } = ada
  await signInWithApp(ada)
  await openCompanySettings(page)
  await card(page).getByRole('link', { name: 'Enable' }).click()
  await expect(page.getByRole('heading', { name: 'Before you require 2FA' })).toBeVisible()
  await expect(page.getByRole('region', { name: '1 is ready' })).toBeVisible()
  await expect(page.getByRole('region', { name: '7 will be asked to enrol' })).toContainText('1 open session')

  await page.getByLabel(`Type ${company} to confirm`).fill('Northwind')
  await page.getByRole('button', { name: 'Enable' }).click()
  await expect(page.getByLabel(`Type ${company} to confirm`)).toHaveAccessibleDescription(/name/)
  await page.getByLabel(`Type ${company} to confirm`).fill(company)
  await page.getByRole('button', { name: 'Enable' }).click()
  await expect(card(page)).toContainText('This cannot be disabled')
  await expect(card(page).getByRole('link', { name: 'Enable' })).toHaveCount(0)
  await expect(card(page)).toContainText('All 7 mails were sent.')
  await mailbox('grace@northwind.test').next(/now requires two-factor authentication/)

  // Her session without a factor has ended, and the way in is a factor.
  await grace.page.goto('/settings')
  await expect(grace.page).toHaveURL(/\/login/)
  await grace.logIn()
  await expect(grace.page.getByText(`${company} requires two-factor authentication.`)).toBeVisible()
  await expect(grace.page.getByRole('button', { name: 'Remind me in 48 hours' })).toHaveCount(0)
  await grace.page.getByLabel('Mobile phone number').fill('+1 415 555 0102')
  await grace.page.getByRole('button', { name: 'Enable 2FA' }).click()
  await enter(grace.page, await phone('+1 415 555 0102').code())
  await grace.page.getByLabel('I have saved these').check()
  await grace.page.getByRole('button', { name: 'Continue' }).click()
  await expect(grace.page.getByText('SECURED', { exact: true })).toBeVisible()
})

test('A stranger with Grace’s password cannot enrol their own app; Grace can, by a code from her mailbox', async ({
  scenario,
  person,
  mailbox,
  authenticatorApp,
}) => {
  await scenario('all-mobile')
  const ada = await person('ada@northwind.test')
  await signInWithApp(ada)
  await ada.page.goto('/admin/company/require')
  await ada.page.getByLabel(`Type ${company} to confirm`).fill(company)
  await ada.page.getByRole('button', { name: 'Enable' }).click()
  await expect(card(ada.page)).toContainText('This cannot be disabled')

  const { page, logIn } = await person('grace@northwind.test')
  await logIn()
  await page.getByRole('link', { name: 'Use something stronger than a text' }).click()
  await page.getByRole('button', { name: /Third Party Authenticator App/ }).click()
  await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible()
  await page.getByLabel('Code from the e-mail').fill('12345678')
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByLabel('Code from the e-mail')).toHaveAccessibleDescription(/That is not the code/)

  const code = await mailbox('grace@northwind.test').code(/Your code to set up a second factor/)
  await page.getByLabel('Code from the e-mail').fill(code)
  await page.getByRole('button', { name: 'Submit' }).click()
  const link = page.getByRole('link', { name: 'Open in your authenticator app' })
  const app = authenticatorApp((await link.getAttribute('href')) ?? '')
  await page.getByLabel('Enter the six digits it shows').fill(await app.code())
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
  await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible()
  await mailbox('grace@northwind.test').next(/first factor was added/)
})

test('“Yes” names Linus and Edsger, and nothing has changed', async ({ scenario, person }) => {
  await scenario('enrolled')
  const { page, logIn, app } = await person('ada@northwind.test')
  await logIn()
  await enter(page, await (await app()).code())
  await expect(page).toHaveURL('/')
  await page.goto('/admin/employees')
  const option = page.getByRole('region', { name: 'Require two-factor authentication' })
  await option.getByRole('radio', { name: 'Yes' }).check()
  await page.getByRole('button', { name: 'Confirm' }).click()
  const alert = option.getByRole('alert')
  await expect(alert).toContainText('2 employees have no mobile number on file, so nothing was changed.')
  await expect(alert.getByRole('link', { name: 'Edsger Visser' })).toBeVisible()
  await expect(option.getByRole('radio', { name: /^No/ })).toBeChecked()
  await alert.getByRole('link', { name: 'Linus Okafor' }).click()
  await expect(page.getByRole('dialog', { name: 'Edit Employee' })).toContainText('Linus')
})

test('“Yes” makes the numbers on file factors: Grace is texted a code, with no wizard', async ({
  scenario,
  person,
  phone,
}) => {
  await scenario('all-mobile')
  const ada = await person('ada@northwind.test')
  await signInWithApp(ada)
  await ada.page.goto('/admin/employees')
  const option = ada.page.getByRole('region', { name: 'Require two-factor authentication' })
  await option.getByRole('radio', { name: 'Yes' }).check()
  await ada.page.getByRole('button', { name: 'Confirm' }).click()
  await expect(option).toContainText('It cannot be disabled.')
  await expect(option.getByRole('radio', { name: /^No/ })).toBeDisabled()

  const grace = await person('grace@northwind.test')
  await grace.logIn()
  await enter(grace.page, await phone('+1 415 555 0102').code())
  await expect(grace.page).toHaveURL('/')

  // Nobody gave her codes for the day the phone is gone, so Home offers them.
  await grace.page.getByRole('link', { name: 'Make codes' }).click()
  await grace.page.getByRole('button', { name: 'Make codes' }).click()
  await expect(grace.page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible()
})

test('A date is announced, counts down by mail, and comes by itself', async ({
  scenario,
  person,
  mailbox,
  clock,
}) => {
  await scenario('all-mobile')
  const ada = await person('ada@northwind.test')
  const { page } = ada
  await signInWithApp(ada)
  await openCompanySettings(page)
  await card(page).getByRole('button', { name: 'Announce a date instead' }).click()
  const day = new Date((await clock.now()).getTime() + 10 * 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel('Required from').fill(day)
  await page.getByRole('button', { name: 'Announce', exact: true }).click()
  await expect(card(page)).toContainText('Announced for')
  const grace = mailbox('grace@northwind.test')
  await grace.next(/requires two-factor authentication from/)
  const early = await person('grace@northwind.test')
  await early.logIn()
  await expect(
    early.page.getByText(/Northwind IT requires two-factor authentication from \d/).first(),
  ).toBeVisible()
  await expect(early.page.getByRole('button', { name: 'Remind me in 48 hours' })).toBeVisible()
  await clock.advance('P4D')
  await grace.next(/days until Northwind IT requires/)
  await clock.advance('P6D')
  await grace.next(/now requires two-factor authentication/)
  // Her session is over. A page that has noticed would lead her back to where she was, one that has not, to Home.
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await signInWithApp(ada)
  await openCompanySettings(page)
  await expect(card(page)).toContainText('Required since')
})
