import { Webhook } from 'standardwebhooks'
import { expect, test } from './fixtures.ts'

test('Ada lets her SIEM hear of what happens, and sends again what it did not take', async ({
  scenario,
  person,
  sandbox,
}) => {
  await scenario('enrolled')
  const ada = await person('ada@northwind.test')
  const { page } = ada
  const answer = async () => {
    await page.getByLabel('Six-digit code').fill(await (await ada.app()).code())
    await page.getByRole('button', { name: 'Submit' }).click()
  }
  await ada.logIn()
  await answer()
  await expect(page).toHaveURL('/')
  await page.goto('/admin/company')
  const card = page.getByRole('region', { name: 'Webhooks' })

  await card.getByRole('button', { name: 'Add webhook' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add webhook' })
  await dialog.getByLabel('Address').fill('http://169.254.169.254/latest/meta-data/')
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  await expect(dialog.getByLabel('Address')).toHaveAccessibleDescription(/cannot go to this address/)
  const siem = sandbox.receiver('/webhooks/siem')
  await dialog.getByLabel('Address').fill(siem)
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  const secret = (await page.getByRole('region', { name: 'Secret' }).textContent()) ?? ''
  await page.getByRole('button', { name: 'I have copied it' }).click()

  const grace = await person('grace@northwind.test')
  await grace.logIn()
  await expect.poll(async () => (await sandbox.webhooks('/webhooks/siem')).length).toBeGreaterThan(0)
  const [heard] = await sandbox.webhooks('/webhooks/siem')
  const event = new Webhook(secret).verify(heard?.body ?? '', heard?.headers ?? {}) as {
    type: string
    data: { actor: { email: string } }
  }
  expect(event.type).toBe('sign-in.password')
  expect(event.data.actor.email).toBe('grace@northwind.test')

  await card.getByRole('button', { name: `Send test to ${siem}` }).click()
  const bodies = async () => (await sandbox.webhooks('/webhooks/siem')).map(({ body }) => body).join()
  await expect.poll(bodies).toContain('"webhook.tested"')
  await card.getByRole('button', { name: `Deliveries of ${siem}` }).click()
  const deliveries = page.getByRole('dialog', { name: 'Recent deliveries' })
  const tested = deliveries.getByRole('listitem').filter({ hasText: 'Webhook tested' })
  await expect(tested).toContainText('Delivered')
  const before = (await sandbox.webhooks('/webhooks/siem')).length
  await tested.getByRole('button', { name: /^Replay event/ }).click()
  await expect.poll(async () => (await sandbox.webhooks('/webhooks/siem')).length).toBe(before + 1)
  await deliveries.getByRole('button', { name: 'Done' }).click()

  const old = sandbox.receiver('/webhooks/old?answer=410')
  await card.getByRole('button', { name: 'Add webhook' }).click()
  await dialog.getByLabel('Address').fill(old)
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await card.getByRole('button', { name: `Send test to ${old}` }).click()
  await expect.poll(async () => (await sandbox.webhooks('/webhooks/old')).length).toBe(1)
  await expect(async () => {
    await page.reload()
    await expect(card).toContainText('It answered 410 Gone', { timeout: 2000 })
  }).toPass()
  await card.getByRole('button', { name: `Switch on ${old}` }).click()
  await expect(card.getByRole('button', { name: `Send test to ${old}` })).toBeVisible()

  await card.getByRole('button', { name: `Disable ${siem}` }).click()
  await page.getByRole('button', { name: 'Disable webhook' }).click()
  await expect(card).toContainText('Disabled')
})
