import type { Page } from '@playwright/test'
import type { Person } from './fixtures/person.ts'
import { expect, test } from './fixtures.ts'

const office = '198.51.100.7'
const elsewhere = '203.0.113.9'

const prove = async ({ page, app }: Person) => {
  await page.getByLabel('Six-digit code').fill(await (await app()).code())
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page).toHaveURL('/')
}

const trustTheOffice = async (page: Page) => {
  await page.goto('/admin/company')
  const networks = page.getByRole('region', { name: 'Trusted networks' })
  await networks.getByRole('button', { name: 'Add network' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add network' })
  await dialog.getByLabel('Name').fill('Head office')
  await dialog.getByLabel('Address or range').fill('0.0.0.0/0')
  await dialog.getByRole('button', { name: 'Add network' }).click()
  await expect(dialog.getByLabel('Address or range')).toHaveAccessibleDescription(/too wide/)
  await dialog.getByLabel('Address or range').fill('198.51.100.0/24')
  await dialog.getByRole('button', { name: 'Add network' }).click()
  await expect(networks).toContainText('Head office')
}

test('At the office Grace is not asked on day 20 and is on day 22; Carol always, and no forged header helps', async ({
  scenario,
  person,
  clock,
}) => {
  await scenario('enrolled')
  const ada = await person('ada@northwind.test', { from: elsewhere })
  await ada.logIn()
  await prove(ada)
  await trustTheOffice(ada.page)

  const grace = await person('grace@northwind.test', { from: office })
  const carol = await person('carol@client.test', { from: office })
  for (const one of [grace, carol]) {
    await one.logIn()
    await prove(one)
  }

  await clock.advance('P20D')
  await grace.logIn()
  await expect(grace.page).toHaveURL('/')
  await carol.logIn()
  await expect(carol.page.getByText('You were asked because client accounts always are.')).toBeVisible()

  // The same browser, on the road, claiming to be at the office.
  await grace.context.setExtraHTTPHeaders({ 'x-forwarded-for': `${office}, ${elsewhere}` })
  await grace.logIn()
  await expect(grace.page.getByLabel('Six-digit code')).toBeVisible()

  await grace.context.setExtraHTTPHeaders({ 'x-forwarded-for': office })
  await clock.advance('P2D')
  await grace.logIn()
  await expect(
    grace.page.getByText('You were asked because your last check from Head office was 22 days ago.'),
  ).toBeVisible()
})
