import type { Page } from '@playwright/test'
import type { Person } from './fixtures/person.ts'
import { expect, test } from './fixtures.ts'

const sandbox = process.env.SANDBOX_URL || 'http://localhost:3900'
const backup = `${sandbox}/apps/backup`
const partnerPortal = `${sandbox}/apps/portal`
/** The same sandbox under another name, which browsers take for another site than the portal's. */
const elsewhere = sandbox.replace('localhost', '127.0.0.1')

const fillPassword = async ({ page, email }: Person) => {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('plenty of paper clips')
  await page.getByRole('button', { name: 'Log in' }).click()
}
const typeCode = async (person: Person, page = person.page) => {
  await page.getByLabel('Six-digit code').fill(await (await person.app()).code())
  await page.getByRole('button', { name: 'Submit' }).click()
}
const begin = async (page: Page, application = backup, name = 'Backup') => {
  await page.goto(application)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByRole('heading', { name: `Sign in to ${name}` })).toBeVisible()
}

test('Coming from another site, Grace is known without being asked', async ({ scenario, person }) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await grace.logIn()
  await typeCode(grace)
  await expect(page).toHaveURL('/')

  await page.goto(backup)
  const asked = page.waitForRequest((request) => request.url().includes('/oidc/auth?'))
  await page.getByRole('button', { name: 'Log in' }).click()
  const address = (await asked).url()
  await expect(page).toHaveURL(backup)
  // What a link on another site does, which leaves our cookie at home the first time.
  await page.goto(elsewhere)
  const answered = page.waitForRequest((request) => request.url().startsWith(`${backup}/callback`))
  await page.evaluate(`location.assign(${JSON.stringify(`${address}&prompt=none`)})`)
  const answer = new URL((await answered).url()).searchParams
  expect(answer.get('error')).toBeNull()
  expect(answer.get('code')).toBeTruthy()
})

test('Reloading, going back and a second tab lose nobody on the way into Backup', async ({
  scenario,
  person,
}) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await begin(page)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Sign in to Backup' })).toBeVisible()
  await fillPassword(grace)
  await expect(page.getByLabel('Six-digit code')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Sign in to Backup' })).toBeVisible()
  await page.goForward()

  const second = await grace.context.newPage()
  await begin(second, partnerPortal, 'Partner Portal')
  await typeCode(grace)
  await expect(page).toHaveURL(backup)
  await expect(page.getByRole('status')).toContainText('Welcome, Grace Lindqvist')
  await second.reload()
  await expect(second).toHaveURL(partnerPortal)
  await expect(second.getByRole('status')).toContainText('Welcome, Grace Lindqvist')
})

test('Linus enrols an app on the way, saves his codes, and ends up in Backup', async ({
  scenario,
  person,
  authenticatorApp,
}) => {
  await scenario('fresh')
  const linus = await person('linus@northwind.test')
  const { page } = linus
  await begin(page)
  await fillPassword(linus)
  await page.getByRole('link', { name: 'Use something stronger than a text' }).click()
  await page.getByRole('button', { name: /Third Party Authenticator App/ }).click()
  const link = page.getByRole('link', { name: 'Open in your authenticator app' })
  const app = authenticatorApp((await link.getAttribute('href')) ?? '')
  await page.getByLabel('Enter the six digits it shows').fill(await app.code())
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
  await page.getByLabel('I have saved these').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(backup)
  await expect(page.getByRole('table', { name: 'ID token' })).toContainText('aal2')
})

test('By way of Duo, a full page away, Grace still ends up in Backup', async ({ scenario, person }) => {
  await scenario('duo')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await begin(page)
  await fillPassword(grace)
  await expect(page).toHaveURL(/\/duo\//)
  const phone = await grace.context.newPage()
  await phone.goto(`${sandbox}/duo`)
  await phone.getByRole('button', { name: 'Approve' }).first().click()
  await expect(page).toHaveURL(backup)
  await expect(page.getByRole('status')).toContainText('Welcome, Grace Lindqvist')
})
