import { expect, test } from './fixtures.ts'

const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

test('Ada connects her directory, which adds Hedy and puts Grace out; a revoked token does nothing more', async ({
  scenario,
  person,
  mailbox,
  request,
}) => {
  await scenario('enrolled')
  const grace = await person('grace@northwind.test')
  await grace.logIn()
  await grace.page.getByLabel('Six-digit code').fill(await (await grace.app()).code())
  await grace.page.getByRole('button', { name: 'Submit' }).click()
  await expect(grace.page).toHaveURL('/')

  const ada = await person('ada@northwind.test')
  const { page } = ada
  await ada.logIn()
  await page.getByLabel('Six-digit code').fill(await (await ada.app()).code())
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page).toHaveURL('/')
  await page.goto('/admin/company')
  const card = page.getByRole('region', { name: 'Provisioning (SCIM)' })
  await expect(card.getByText('Not connected')).toBeVisible()
  await card.getByRole('button', { name: 'Make a token' }).click()
  const token = (await page.getByRole('region', { name: 'Token' }).textContent()) ?? ''
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await expect(page.getByText(token)).toHaveCount(0)

  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
  const found = await request.get('/scim/v2/Users', {
    headers,
    params: { filter: 'userName eq "grace@northwind.test"' },
  })
  const [user] = (await found.json()).Resources
  expect(user).toMatchObject({ displayName: 'Grace Lindqvist', active: true })
  const added = await request.post('/scim/v2/Users', {
    headers,
    data: { schemas: [core], userName: 'hedy@northwind.test', displayName: 'Hedy Lamarr', active: true },
  })
  expect(added.status()).toBe(201)
  await mailbox('hedy@northwind.test').link(/You are invited/, /invitation/)
  const off = await request.patch(`/scim/v2/Users/${user.id}`, {
    headers,
    data: { schemas: [patchOp], Operations: [{ op: 'Replace', path: 'active', value: 'False' }] },
  })
  expect((await off.json()).active).toBe(false)
  await grace.page.goto('/settings')
  await expect(grace.page).toHaveURL(/\/login/)

  await page.goto('/admin/employees')
  await expect(page.getByRole('row', { name: /Hedy Lamarr/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /Grace Lindqvist/ })).toContainText('Deactivated')

  await page.goto('/admin/company')
  await card.getByRole('button', { name: /^Revoke/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke token' }).click()
  await expect(card.getByText('Not connected')).toBeVisible()
  expect((await request.get('/scim/v2/Users', { headers })).status()).toBe(401)
})
