import { startBrowserClient } from './fixtures/browser-client.ts'
import { countersign } from './fixtures/operator.ts'
import { startServerClient } from './fixtures/server-client.ts'
import { expect, test } from './fixtures.ts'

const portal = process.env.PORTAL_URL || 'http://localhost:3000'

test('An application of other authors, without a secret, works with what is documented', async ({
  scenario,
  person,
  clock,
}) => {
  await scenario('enrolled')
  const notes = await startBrowserClient(portal, 'notes')
  try {
    const address = ['--redirect', notes.url, '--after-sign-out', notes.url, '--home', notes.url]
    expect(
      await countersign('application', 'add', 'notes', '--name', 'Notes', ...address, '--public'),
    ).toContain('Registered notes')
    const grace = await person('grace@northwind.test')
    const { page } = grace
    const answer = async () => {
      await page.getByLabel('Six-digit code').fill(await (await grace.app()).code())
      await page.getByRole('button', { name: 'Submit' }).click()
    }

    await page.goto(notes.url)
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in to Notes' })).toBeVisible()
    await page.getByLabel('E-mail address').fill(grace.email)
    await page.getByLabel('Password', { exact: true }).fill('plenty of paper clips')
    await page.getByRole('button', { name: 'Log in' }).click()
    await answer()
    await expect(page).toHaveURL(notes.url)
    await expect(page.getByRole('status')).toHaveText('Hello Grace Lindqvist')
    const claims = page.getByRole('region', { name: 'Claims' })
    await expect(claims).toContainText('"acr":"aal2"')
    await expect(claims).toContainText('"company":"Northwind IT"')
    await expect(page.getByRole('region', { name: 'Userinfo' })).toContainText(
      '"email":"grace@northwind.test"',
    )

    await clock.advance('PT5M')
    await page.getByRole('button', { name: 'Confirm who I am' }).click()
    await answer()
    await expect(page).toHaveURL(notes.url)
    await expect(page.getByRole('status')).toHaveText('Hello Grace Lindqvist')

    await countersign('application', 'disable', 'notes')
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('heading', { name: /cannot/ })).toBeVisible()
    await countersign('application', 'enable', 'notes')

    await page.goto(notes.url)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(new RegExp(`^${notes.url}`))
    await expect(page.getByRole('status')).toHaveText('Nobody is here')
    await page.goto('/')
    await expect(page).toHaveURL(/\/login/)
  } finally {
    await notes.stop()
  }
})

test('An application of other authors, with a secret, works too, and not with a secret that was replaced', async ({
  scenario,
  person,
}) => {
  await scenario('enrolled')
  const wiki = await startServerClient(portal, 'wiki')
  const lastLine = (said: string) => said.trim().split('\n').at(-1) ?? ''
  try {
    const redirect = ['--redirect', `${wiki.url}callback`]
    wiki.setSecret(lastLine(await countersign('application', 'add', 'wiki', '--name', 'Wiki', ...redirect)))
    const grace = await person('grace@northwind.test')
    const { page } = grace
    await page.goto(wiki.url)
    await page.getByRole('link', { name: 'Log in' }).click()
    await page.getByLabel('E-mail address').fill(grace.email)
    await page.getByLabel('Password', { exact: true }).fill('plenty of paper clips')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByLabel('Six-digit code').fill(await (await grace.app()).code())
    await page.getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('Hello Grace Lindqvist of Northwind IT')).toBeVisible()

    const next = lastLine(await countersign('application', 'rotate-secret', 'wiki'))
    await page.getByRole('link', { name: 'Log in' }).click()
    await expect(page.getByText(/^Refused: /)).toBeVisible()
    wiki.setSecret(next)
    await page.getByRole('link', { name: 'Log in' }).click()
    await expect(page.getByText('Hello Grace Lindqvist of Northwind IT')).toBeVisible()
  } finally {
    await wiki.stop()
  }
})
