import { readFile } from 'node:fs/promises'
import type { Person } from './fixtures/person.ts'
import { expect, test } from './fixtures.ts'

/** Signs in with the app that the scenario gave, and opens Manage Employees by the menu. */
const manage = async (admin: Person) => {
  const { page } = admin
  await admin.logIn()
  await page.getByLabel('Six-digit code').fill(await (await admin.app()).code())
  await page.getByRole('button', { name: 'Submit' }).click()
  // A page that is still arriving takes the focus, and with it the menu.
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.getByRole('button', { name: 'Admin' }).click()
  await page.getByRole('menuitem', { name: 'Manage Employees' }).click()
  await expect(page.getByRole('heading', { name: 'Manage Employees' })).toBeVisible()
}

const invite = async ({ page }: Person, name: string, email: string) => {
  await page.getByRole('button', { name: 'Add employee' }).click()
  const add = page.getByRole('dialog', { name: 'Add employee' })
  await add.getByLabel('Name').fill(name)
  await add.getByLabel('E-mail address').fill(email)
  await add.getByRole('button', { name: 'Send invitation' }).click()
  await expect(add).toBeHidden()
}

test('Ada repairs a number with one click, and Grace is told', async ({
  scenario,
  person,
  mailbox,
  picture,
}) => {
  await scenario('enrolled')
  const ada = await person('ada@northwind.test')
  const { page } = ada
  await manage(ada)
  await expect(page.getByRole('row')).toHaveCount(9)
  await expect(page.getByRole('radio', { name: 'Yes' })).toBeVisible()
  await picture(page, 'manage-employees')

  await page.getByRole('button', { name: 'Edit Grace Lindqvist' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit Employee' })
  await expect(dialog.getByLabel('Mobile phone number')).toHaveValue('4155550102')
  await dialog.getByLabel('Mobile phone number').fill('(415) 555-0142')
  await dialog.getByRole('button', { name: 'Save Changes' }).click()
  await dialog.getByRole('button', { name: 'Use 4155550142' }).click()
  await dialog.getByLabel('Role').selectOption('Admin')
  await dialog.getByRole('button', { name: 'Save Changes' }).click()
  await expect(dialog).toBeHidden()

  const row = page.getByRole('row', { name: /Grace Lindqvist/ })
  await expect(row).toContainText('+1 415 555 0142')
  await expect(row).toContainText('Admin')
  await mailbox('grace@northwind.test').next(/Your role at Northwind IT was changed/)
  await mailbox('grace@northwind.test').next(/Your mobile number at Northwind IT was changed/)
})

test('Ada adds Nora, who joins by her invitation, and later loses her access', async ({
  scenario,
  person,
  mailbox,
}) => {
  await scenario('enrolled')
  const ada = await person('ada@northwind.test')
  await manage(ada)
  await invite(ada, 'Nora Berg', 'nora@northwind.test')
  await expect(ada.page.getByRole('row', { name: /Nora Berg/ })).toContainText('Invited')

  const nora = await person('nora@northwind.test')
  await nora.page.goto(
    await mailbox('nora@northwind.test').link(/invited to join Northwind IT/, /invitation#/),
  )
  await nora.page.getByLabel('Password', { exact: true }).fill('seven tame otters sing')
  await nora.page.getByRole('button', { name: 'Set password and join' }).click()
  await nora.page.getByRole('button', { name: 'Remind me in 48 hours' }).click()
  await expect(nora.page).toHaveURL('/')

  await ada.page.reload()
  await expect(ada.page.getByRole('row', { name: /Nora Berg/ })).toContainText('Not enrolled')
  await ada.page.getByRole('button', { name: 'Edit Nora Berg' }).click()
  await ada.page.getByRole('button', { name: 'Deactivate' }).click()
  await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click()
  await expect(ada.page.getByRole('row', { name: /Nora Berg/ })).toContainText('Deactivated')
  await nora.page.reload()
  await expect(nora.page).toHaveURL(/login/)
})

test('Barbara imports a file; good rows land, the others come back with their reasons', async ({
  scenario,
  person,
  mailbox,
}) => {
  await scenario('enrolled')
  const barbara = await person('barbara@northwind.test')
  const { page } = barbara
  await manage(barbara)
  await page.getByRole('button', { name: 'Import CSV' }).click()
  await page.getByLabel('CSV file').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'Name;E-mail;Mobile number\nÅsa Öberg;asa@northwind.test;14155550111\nGrace;grace@northwind.test;\nBad;bad@northwind.test;415-555\n',
    ),
  })
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Import CSV' })
  await expect(dialog.getByText('One person was added')).toBeVisible()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download refused rows' }).click()
  const refused = await readFile(await (await download).path(), 'utf8')
  expect(refused).toContain('grace@northwind.test')
  expect(refused).toContain('Use 415555')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row', { name: /Åsa Öberg/ })).toContainText('+1 415 555 0111')
  await mailbox('asa@northwind.test').next(/invited to join Northwind IT/)

  const taken = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  expect(await readFile(await (await taken).path(), 'utf8')).toContain(
    'Åsa Öberg,asa@northwind.test,14155550111',
  )
})

test('among thousands, people are searched and paged', async ({ scenario, person }) => {
  test.setTimeout(180_000)
  await scenario('large')
  const ada = await person('ada@northwind.test')
  const { page } = ada
  await manage(ada)
  await expect(page.getByText('Showing 1 to 50 of 5,008')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('Showing 51 to 100 of 5,008')).toBeVisible()
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(page.getByText('Showing 1 to 50 of 5,008')).toBeVisible()
  await page.getByLabel('Search name, e-mail or number').fill('employee04321')
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('row', { name: /employee04321@northwind\.test/ })).toBeVisible()
})

test('Wes chooses his company, and switches', async ({ scenario, person }) => {
  await scenario('enrolled')
  const wes = await person('wes@both.test')
  const { page } = wes
  await wes.logIn()
  await page.getByLabel('Six-digit code').fill(await (await wes.app()).code())
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByRole('button', { name: /Contoso Resellers/ }).click()
  await expect(page.getByRole('banner')).toContainText('Contoso Resellers')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.getByRole('button', { name: 'Wes Both' }).click()
  await page.getByRole('menuitem', { name: 'Northwind IT' }).click()
  await expect(page.getByRole('banner')).toContainText('Northwind IT')
})

test('Grace of Northwind is invited by Contoso, signs in, joins and chooses', async ({
  scenario,
  person,
  mailbox,
}) => {
  await scenario('enrolled')
  const sam = await person('sam@contoso.test')
  await manage(sam)
  await invite(sam, 'Grace', 'grace@northwind.test')
  const link = await mailbox('grace@northwind.test').link(/invited to join Contoso Resellers/, /invitation#/)

  await test.step('In a browser of somebody else she is told whose it is', async () => {
    await sam.page.goto(link)
    await expect(sam.page.getByText('You are signed in as Sam')).toBeVisible()
    await expect(sam.page.getByRole('button', { name: 'Join', exact: true })).toBeHidden()
    await sam.page.getByRole('button', { name: 'Sign out' }).click()
    await expect(sam.page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  })

  const grace = await person('grace@northwind.test')
  const { page } = grace
  await page.goto(link)
  await expect(page.getByText('Sign in as grace@northwind.test to join Contoso Resellers')).toBeVisible()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('E-mail address').fill(grace.email)
  await page.getByLabel('Password', { exact: true }).fill('plenty of paper clips')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByLabel('Six-digit code').fill(await (await grace.app()).code())
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'You have joined Contoso Resellers' })).toBeVisible()
  await expect(page).toHaveURL('/invitation')
  await page.getByRole('link', { name: 'Go to Home' }).click()
  await expect(page.getByRole('banner')).toContainText('Northwind IT')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.getByRole('button', { name: 'Grace Lindqvist' }).click()
  await page.getByRole('menuitem', { name: 'Contoso Resellers' }).click()
  await expect(page.getByRole('banner')).toContainText('Contoso Resellers')
})

test('Ada reminds somebody from her phone', async ({ scenario, person }) => {
  await scenario('all-mobile')
  const ada = await person('ada@northwind.test')
  const { page } = ada
  await manage(ada)
  await page.setViewportSize({ width: 390, height: 844 })
  const everybody = page.getByRole('checkbox', { name: 'Select everybody on this page' })
  await everybody.check()
  await expect(page.getByText('8 people selected')).toBeVisible()
  await everybody.uncheck()
  await page.getByRole('checkbox', { name: 'Select Grace Lindqvist' }).check()
  await expect(page.getByText('One person selected')).toBeVisible()
  await page.getByRole('button', { name: 'Remind selected' }).click()
  await expect(page.getByText('One person will be reminded by mail.')).toBeVisible()
})
