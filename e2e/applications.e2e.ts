import type { Page } from '@playwright/test'
import type { Person } from './fixtures/person.ts'
import { expect, test } from './fixtures.ts'

const sandbox = process.env.SANDBOX_URL || 'http://localhost:3900'
const partnerPortal = `${sandbox}/apps/portal`
const backup = `${sandbox}/apps/backup`

const fillPassword = async ({ page, email }: Person) => {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('plenty of paper clips')
  await page.getByRole('button', { name: 'Log in' }).click()
}
const typeCode = async (person: Person) => {
  await person.page.getByLabel('Six-digit code').fill(await (await person.app()).code())
  await person.page.getByRole('button', { name: 'Submit' }).click()
}
const enter = async (page: Page, application: string) => {
  await page.goto(application)
  await page.getByRole('button', { name: 'Log in' }).click()
}
const claim = (page: Page, name: string) =>
  page.getByRole('table', { name: 'ID token' }).getByRole('row', { name: new RegExp(`^${name} `) })

test('Grace signs in to the Partner Portal once, enters Backup unasked, confirms afresh, and leaves both at once', async ({
  scenario,
  person,
  clock,
  picture,
}) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const { page } = grace

  await enter(page, partnerPortal)
  await expect(page.getByRole('heading', { name: 'Sign in to Partner Portal' })).toBeVisible()
  await picture(page, 'application-door')
  await fillPassword(grace)
  await typeCode(grace)
  await expect(page).toHaveURL(partnerPortal)
  await expect(page.getByRole('status')).toContainText('Welcome, Grace Lindqvist of Northwind IT')
  await expect(claim(page, 'acr')).toContainText('aal2')
  await expect(claim(page, 'amr')).toContainText('otp')
  await expect(claim(page, 'account_type')).toContainText('employee')

  await enter(page, backup)
  await expect(page).toHaveURL(backup)
  await expect(page.getByRole('status')).toContainText('Welcome, Grace Lindqvist')

  await clock.advance('PT5M')
  await page.getByRole('button', { name: 'Ask for a fresh second factor' }).click()
  await typeCode(grace)
  await expect(page).toHaveURL(backup)
  await expect(claim(page, 'acr')).toContainText('aal2')

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(backup)
  await expect(page.getByText('You are not signed in.')).toBeVisible()
  // The other one was told by the portal, not by this browser.
  await expect(async () => {
    await page.goto(partnerPortal)
    await expect(page.getByText('You are not signed in.')).toBeVisible({ timeout: 1000 })
  }).toPass()
  await page.goto('/')
  await expect(page).toHaveURL(/\/login/)
})

test('An application that says whom it expects has the address filled in', async ({ scenario, person }) => {
  await scenario('enrolled')
  const { page } = await person('grace@northwind.test')
  const asked = page.waitForRequest((request) => request.url().includes('/oidc/auth?'))
  await enter(page, backup)
  const request = new URL((await asked).url())
  request.searchParams.set('login_hint', 'grace@northwind.test')
  await page.goto(request.href)
  await expect(page.getByRole('heading', { name: 'Sign in to Backup' })).toBeVisible()
  await expect(page.getByLabel('E-mail address')).toHaveValue('grace@northwind.test')
})

test('Home lists what Grace may open, and opens it without a question', async ({
  scenario,
  person,
  picture,
}) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await grace.logIn()
  await typeCode(grace)
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('link', { name: 'Partner Portal' })).toHaveAttribute('href', partnerPortal)
  await picture(page, 'home')
  await page.getByRole('link', { name: 'Backup' }).click()
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page).toHaveURL(backup)
  await expect(page.getByRole('status')).toContainText('Welcome, Grace Lindqvist')
})

test('Carol, a client account, enters Backup, and is told why the Partner Portal is not hers', async ({
  scenario,
  person,
}) => {
  await scenario('enrolled')
  const carol = await person('carol@client.test')
  const { page } = carol
  await enter(page, backup)
  await fillPassword(carol)
  await typeCode(carol)
  await expect(page).toHaveURL(backup)
  await expect(claim(page, 'account_type')).toContainText('client')

  await enter(page, partnerPortal)
  await expect(page.getByRole('heading', { name: 'You cannot open Partner Portal' })).toBeVisible()
  await expect(page.getByText('Partner Portal is for employees only.')).toBeVisible()
  await expect(page.getByText('Contact support: yours is a client account.')).toBeVisible()
  await page.goto(partnerPortal)
  await expect(page.getByText('You are not signed in.')).toBeVisible()

  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Backup' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Partner Portal' })).toHaveCount(0)
})

test('Somebody deactivated is out of the applications at once', async ({ scenario, person }) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  await enter(grace.page, partnerPortal)
  await fillPassword(grace)
  await typeCode(grace)
  await expect(grace.page).toHaveURL(partnerPortal)
  await expect(grace.page.getByRole('status')).toContainText('Welcome')

  const ada = await person('ada@northwind.test')
  await ada.logIn()
  await typeCode(ada)
  await expect(ada.page).toHaveURL('/')
  await ada.page.goto('/admin/employees')
  await ada.page.getByRole('button', { name: 'Edit Grace Lindqvist' }).click()
  await ada.page.getByRole('button', { name: 'Deactivate' }).click()
  await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click()
  await expect(async () => {
    await grace.page.goto(partnerPortal)
    await expect(grace.page.getByText('You are not signed in.')).toBeVisible({ timeout: 1000 })
  }).toPass()
  await grace.page.getByRole('button', { name: 'Log in' }).click()
  await expect(grace.page.getByLabel('E-mail address')).toBeVisible()
})
