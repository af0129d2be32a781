import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const enable = async (page: Page, number: string) => {
  await page.getByLabel('Mobile phone number').fill(number)
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
}

const enter = async (page: Page, code: string) => {
  await page.getByLabel('Six-digit code').fill(code)
  await page.getByRole('button', { name: 'Submit' }).click()
}

const saveCodes = async (page: Page) => {
  await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('list').last().getByRole('listitem')).toHaveCount(10)
  await page.getByLabel('I have saved these').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL('/')
}

const standInOneRow = async (page: Page, ...names: string[]) => {
  const boxes = names.map((name) => page.getByRole('button', { name, exact: true }).boundingBox())
  expect(new Set((await Promise.all(boxes)).map((box) => box?.y)).size).toBe(1)
}

const signOut = async (page: Page, name: string) => {
  await page.getByRole('button', { name }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
}

test('Grace enables 2FA by text, is SECURED, and is texted a code the next time', async ({
  scenario,
  person,
  phone,
  mailbox,
  picture,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  const mobile = phone('+1 415 555 0102')
  await page.goto('/login')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await picture(page, 'sign-in')
  await grace.logIn()

  await expect(page.getByRole('heading', { name: 'Enable 2FA' })).toBeVisible()
  await picture(page, 'enable-2fa')
  await enable(page, '+1 415 555 0102')
  const dialog = page.getByRole('dialog', { name: '2FA Verification' })
  await expect(dialog).toContainText('ending in 02')
  await picture(page, '2fa-verification')
  await enter(page, await mobile.code())
  await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible()
  await picture(page, 'recovery-codes')
  await saveCodes(page)

  await page.goto('/settings')
  await expect(page.getByText('SECURED', { exact: true })).toBeVisible()
  await picture(page, 'user-settings')
  await expect(mailbox('grace@northwind.test').next(/first factor was added/)).resolves.toBeTruthy()
  await signOut(page, 'Grace Lindqvist')

  await grace.logIn()
  await expect(page.getByText(/You were asked because/)).toBeVisible()
  await enter(page, await mobile.code())
  await expect(page).toHaveURL('/')
})

test('Edsger’s desk phone is called, and he is told what else would work', async ({
  scenario,
  person,
  phone,
}) => {
  await scenario('fresh')
  const edsger = await person('edsger@northwind.test')
  const { page } = edsger
  await edsger.logIn()
  await enable(page, '+1 (415) 555-0150')
  await expect(page.getByText('+1 415 555 0150 is not a mobile number.')).toBeVisible()
  await expect(page.getByText(/set up an authenticator on a computer or phone/)).toBeVisible()
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
  await enter(page, await phone('+1 415 555 0150').call())
  await saveCodes(page)
})

test('Marie’s Canadian number is asked how to be reached', async ({ scenario, person, phone }) => {
  await scenario('fresh')
  const marie = await person('marie@northwind.test')
  const { page } = marie
  await marie.logIn()
  await enable(page, '0016135550110')
  await expect(page.getByText(/We cannot tell whether \+1 613 555 0110 is a mobile/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Enable 2FA by phone call' })).toBeVisible()
  await page.getByRole('button', { name: 'Enable 2FA by text' }).click()
  await enter(page, await phone('+1 613 555 0110').code())
  await page.setViewportSize({ width: 320, height: 640 })
  await expect(page.getByRole('button', { name: 'Print' })).toBeVisible()
  await standInOneRow(page, 'Copy', 'Download', 'Print')
  await saveCodes(page)
})

test('A premium number is refused and says why; a resend repeats the code', async ({
  scenario,
  person,
  phone,
  clock,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await grace.logIn()
  await enable(page, '+14155550195')
  const number = page.getByLabel('Mobile phone number')
  await expect(number).toHaveAccessibleDescription(/premium/i)
  await number.fill('415 555 0102')
  await page.getByRole('button', { name: 'Enable 2FA' }).click()

  const mobile = phone('+1 415 555 0102')
  const first = await mobile.code()
  await expect(page.getByRole('button', { name: 'SMS' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('button', { name: 'Phone Call' }).click()
  await expect(page.getByText(/same code/)).toHaveText('We sent the same code again.')
  expect(await mobile.call()).toBe(first)

  await clock.advance('PT31S')
  await page.reload()
  await page.getByRole('button', { name: 'SMS' }).click()
  expect(await mobile.code()).toBe(first)
  await enter(page, first)
  await saveCodes(page)
})

test('With texts down Grace is told, loses nothing, and goes on once they work', async ({
  scenario,
  person,
  phone,
  faults,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const { page } = grace
  await grace.logIn()
  await faults.break('sms', 'down')
  await enable(page, '+1 415 555 0102')
  await expect(page.getByText(/did not answer/)).toBeVisible()
  await faults.heal('sms')
  await page.getByRole('button', { name: 'Enable 2FA' }).click()
  await enter(page, await phone('+1 415 555 0102').code())
  await saveCodes(page)
})
