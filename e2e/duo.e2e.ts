import type { Person } from './fixtures/person.ts'
import { expect, test } from './fixtures.ts'

const sandboxUrl = process.env.SANDBOX_URL || 'http://localhost:3900'

/** Answers the code of the app that the scenario gave this person. */
const passApp = async (person: Person) => {
  const app = await person.app()
  await person.page.getByLabel('Six-digit code').fill(await app.code())
  await person.page.getByRole('button', { name: 'Submit' }).click()
}

/** The push on the phone, answered on the sandbox's phone page. */
const approve = async (person: Person) => {
  const phone = await person.context.newPage()
  await phone.goto(`${sandboxUrl}/duo`)
  await phone.getByRole('button', { name: 'Approve' }).first().click()
  await phone.close()
}

const setUpAtDuo = async (person: Person, number: string) => {
  const { page } = person
  await page.getByRole('button', { name: 'Start setup' }).click()
  await page.getByRole('radio', { name: 'Mobile phone' }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Phone number').fill(number)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('radio', { name: 'iPhone' }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'I have Duo Mobile installed' }).click()
  const [phone] = await Promise.all([
    person.context.newPage(),
    expect(page.getByRole('link', { name: /scan it with the sandbox/ })).toBeVisible(),
  ])
  await phone.goto((await page.getByRole('link', { name: /scan it/ }).getAttribute('href')) ?? '')
  await phone.close()
  await page.getByRole('button', { name: 'Continue' }).click()
}

test('Ada sets up Duo, Grace is bound to it, Wes is exempt; after the reset Grace sets up an app', async ({
  scenario,
  person,
  mailbox,
  request,
  clock,
  authenticatorApp,
  picture,
}) => {
  test.setTimeout(240_000)
  await scenario('enrolled')
  const { duo } = await (await request.get(`${sandboxUrl}/api/credentials`)).json()

  const ada = await person('ada@northwind.test')
  await ada.logIn()
  await passApp(ada)
  await expect(ada.page).toHaveURL('/')
  await ada.page.goto('/admin/company')
  await ada.page.getByRole('link', { name: 'Set up organization 2FA' }).click()
  await expect(ada.page.getByRole('heading', { name: '2FA Set Up' })).toBeVisible()
  await ada.page.getByRole('radio', { name: 'Duo' }).check()
  await ada.page.getByRole('button', { name: 'Next' }).click()
  await expect(ada.page.getByText(/Wes Both/)).toBeVisible()

  await ada.page.getByLabel('Integration key').fill(duo.integrationKey)
  await ada.page.getByRole('textbox', { name: 'Secret key' }).fill('x'.repeat(40))
  await ada.page.getByLabel('API hostname').fill(duo.apiHostname)
  await ada.page.getByRole('button', { name: 'Test connection' }).click()
  await expect(ada.page.getByText(/does not accept these keys/)).toBeVisible()
  await ada.page.getByRole('textbox', { name: 'Secret key' }).fill(duo.secretKey)
  await ada.page.getByRole('button', { name: 'Test connection' }).click()
  await expect(ada.page.getByText('Duo answered.')).toBeVisible()
  await picture(ada.page, 'duo-set-up')
  await ada.page.getByRole('button', { name: /^Save/ }).click()
  await expect(ada.page.getByRole('button', { name: 'Reset organization 2FA' })).toBeVisible()

  const letters = mailbox('grace@northwind.test')
  await expect(letters.next(/now uses Duo/)).resolves.toBeTruthy()

  const grace = await person('grace@northwind.test')
  await grace.logIn()
  await passApp(grace)
  await setUpAtDuo(grace, '+1 415 555 0102')
  await approve(grace)
  await expect(grace.page).toHaveURL('/')
  await grace.page.goto('/settings')
  await expect(grace.page.getByText('SECURED', { exact: true })).toBeVisible()
  await expect(grace.page.getByText('Duo', { exact: true }).first()).toBeVisible()

  const wes = await person('wes@both.test')
  await wes.logIn()
  await expect(wes.page.getByText(/you belong to several companies/)).toBeVisible()

  await ada.page.getByRole('button', { name: 'Reset organization 2FA' }).click()
  const dialog = ada.page.getByRole('alertdialog', { name: 'Reset organization 2FA' })
  await expect(dialog).toContainText('1 person')
  await expect(dialog).toContainText('Grace Lindqvist')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(ada.page.getByText('All 1 sent')).toBeVisible()
  await ada.page.getByRole('link', { name: 'Done' }).click()
  await expect(ada.page.getByRole('link', { name: 'Set up organization 2FA' })).toBeVisible()
  await expect(letters.next(/Duo was removed/)).resolves.toBeTruthy()

  await grace.page.goto('/settings')
  await expect(grace.page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await grace.logIn()
  const code = await letters.code(/temporary one-time passcode/)
  await clock.advance('PT61S')
  await grace.page.reload()
  await grace.page.getByRole('button', { name: 'Email' }).click()
  expect(await letters.code(/temporary one-time passcode/)).toBe(code)
  await grace.page.getByLabel('Code from the e-mail').fill(code)
  await grace.page.getByRole('button', { name: 'Submit' }).click()
  await expect(grace.page).not.toHaveURL(/login/)

  await grace.page.goto('/settings')
  await grace.page.getByRole('radio', { name: /Third Party Authenticator App/ }).check()
  await grace.page.getByRole('button', { name: 'Enable 2FA' }).click()
  const link = grace.page.getByRole('link', { name: 'Open in your authenticator app' })
  const app = authenticatorApp((await link.getAttribute('href')) ?? '')
  await grace.page.getByLabel('Enter the six digits it shows').fill(await app.code())
  await grace.page.getByRole('button', { name: 'Enable 2FA' }).click()
  await expect(grace.page.getByText('I have saved these')).toBeVisible()
})

test('With Duo down Grace is told so and stays outside; once it is back she gets in', async ({
  scenario,
  person,
  faults,
}) => {
  await scenario('duo')
  const grace = await person('grace@northwind.test')
  await faults.break('duo', 'down')
  await grace.logIn()
  await expect(grace.page.getByText(/Duo did not answer/)).toBeVisible()
  await faults.heal('duo')
  await grace.page
    .getByRole('button', { name: /Duo|Try again/ })
    .first()
    .click()
  await expect(grace.page.getByText(/Duo Push/)).toBeVisible()
  await approve(grace)
  await expect(grace.page).toHaveURL('/')
})
