import type { Page } from '@playwright/test'
import { phoneThatSees } from './fixtures/camera.ts'
import type { Person } from './fixtures/person.ts'
import { expect, test } from './fixtures.ts'

// Each story sets up two browsers and signs in twice or more.
test.slow()

/** Chooses the Countersign Authenticator on the way in. */
const chooseAuthenticator = async ({ page, logIn }: Person) => {
  await logIn()
  await page.getByRole('link', { name: 'Use something stronger than a text' }).click()
  await page.getByRole('button', { name: /Countersign Authenticator/ }).click()
}

const saveCodes = async (page: Page) => {
  await page.getByLabel('I have saved these').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL('/')
}

const pairFromLink = async (device: Page, address: string, name: string) => {
  await device.goto(address)
  await device.getByLabel('Name of this device').fill(name)
  await device.getByRole('button', { name: 'Pair', exact: true }).click()
  await expect(device.getByRole('status').filter({ hasText: 'Paired with' })).toBeVisible()
}

/** A phone of its own: another browser, which is signed in nowhere. */
const newPhone = async (person: (email: string) => Promise<Person>) => {
  const { page } = await person('the phone')
  await page.setViewportSize({ width: 390, height: 844 })
  return page
}

const signOut = async ({ page }: Person) => {
  expect(
    (await page.request.delete('/api/session', { headers: { 'content-type': 'application/json' } })).status(),
  ).toBe(204)
}

const numberOn = async (page: Page) =>
  ((await page.getByRole('status', { name: 'Number to type' }).textContent()) ?? '').replace(/\D/g, '')

test('Grace pairs a phone, approves with the number, and signs in by token', async ({
  scenario,
  person,
  clock,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const phone = await newPhone(person)
  const { page } = grace
  await chooseAuthenticator(grace)
  const link = page.getByRole('link', { name: 'Open on this device' })
  await pairFromLink(phone, (await link.getAttribute('href')) ?? '', 'Grace’s phone')
  await saveCodes(page)

  await signOut(grace)
  await grace.logIn()
  const number = await numberOn(page)
  expect(number).toMatch(/^\d{6}$/)
  await expect(phone.getByRole('heading', { name: 'Is this you?' })).toBeVisible()
  await phone.getByLabel('Type the number shown in the browser').fill(number)
  await phone.getByRole('button', { name: 'Approve' }).click()
  await expect(page).toHaveURL('/')
  await expect(phone.getByText('Approved.')).toBeVisible()

  await signOut(grace)
  await phone.getByRole('link', { name: 'Token' }).click()
  const shown = async () =>
    ((await phone.getByLabel('Token', { exact: true }).textContent()) ?? '').replace(/\D/g, '')
  await expect.poll(shown).toMatch(/^\d{6}$/)
  const old = await shown()
  await clock.advance('PT1M')
  await grace.logIn()
  await page.getByText('Type a token instead').click()
  await page.getByLabel('Token', { exact: true }).fill(old)
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByText(/That is not the code/)).toBeVisible()
  await phone.reload()
  await phone.getByRole('link', { name: 'Token' }).click()
  await expect.poll(shown).toMatch(/^\d{6}$/)
  await page.getByLabel('Token', { exact: true }).fill(await shown())
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page).toHaveURL('/')
})

test('Grace scans the code with the camera inside the app', async ({ scenario, person, baseURL }) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  await chooseAuthenticator(grace)
  const link = grace.page.getByRole('link', { name: 'Open on this device' })
  const seen = (await link.getAttribute('href')) ?? ''
  const phone = await phoneThatSees(new URL(seen, grace.page.url()).href, baseURL ?? '')
  try {
    await phone.page.goto('/authenticator/')
    await phone.page.getByRole('button', { name: 'Scan the code' }).click()
    await phone.page.getByLabel('Name of this device').fill('Grace’s phone')
    await phone.page.getByRole('button', { name: 'Pair', exact: true }).click()
    await expect(phone.page.getByRole('status').filter({ hasText: 'Paired with' })).toBeVisible()
    await saveCodes(grace.page)
  } finally {
    await phone.close()
  }
})

test('Where the camera may not be used the app says so, and the link does', async ({
  scenario,
  person,
  baseURL,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  await chooseAuthenticator(grace)
  const link = grace.page.getByRole('link', { name: 'Open on this device' })
  const phone = await phoneThatSees('nothing of ours', baseURL ?? '', false)
  try {
    await phone.page.goto('/authenticator/')
    await phone.page.getByRole('button', { name: 'Scan the code' }).click()
    await expect(phone.page.getByText('The camera cannot be used.')).toBeVisible()
    await phone.page.getByLabel('Pairing link').fill((await link.getAttribute('href')) ?? '')
    await phone.page.getByRole('button', { name: 'Use the link' }).click()
    await expect(phone.page.getByRole('heading', { name: 'Pair this device' })).toBeVisible()
  } finally {
    await phone.close()
  }
})

test('A phone whose storage was wiped knows nothing any more, and Grace gets in by a recovery code', async ({
  scenario,
  person,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const phone = await newPhone(person)
  const { page } = grace
  await chooseAuthenticator(grace)
  const link = page.getByRole('link', { name: 'Open on this device' })
  await pairFromLink(phone, (await link.getAttribute('href')) ?? '', 'Grace’s phone')
  await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible()
  const [code = ''] = await page
    .getByRole('listitem')
    .filter({ hasText: /^[\w-]{8,}$/ })
    .allTextContents()
  await saveCodes(page)

  await phone.goto('about:blank')
  const session = await phone.context().newCDPSession(phone)
  await session.send('Storage.clearDataForOrigin', {
    origin: new URL(page.url()).origin,
    storageTypes: 'all',
  })
  await phone.goto('/authenticator/')
  await expect(phone.getByRole('heading', { name: 'Add an account' })).toBeVisible()

  await signOut(grace)
  await grace.logIn()
  await page.getByRole('link', { name: 'Try another way' }).click()
  await page.getByRole('button', { name: /Recovery code/ }).click()
  await page.getByLabel('Recovery code').fill(code)
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page).toHaveURL('/')
})

test('Edsger, who has a desk phone only, pairs the browser he sits at', async ({ scenario, person }) => {
  await scenario('fresh')
  const edsger = await person('edsger@northwind.test')
  await chooseAuthenticator(edsger)
  const [app] = await Promise.all([
    edsger.context.waitForEvent('page'),
    edsger.page.getByRole('link', { name: 'Open on this device' }).click(),
  ])
  await app.getByRole('button', { name: 'Pair', exact: true }).click()
  await saveCodes(edsger.page)
  await edsger.page.goto('/settings')
  await expect(edsger.page.getByText('SECURED', { exact: true })).toBeVisible()
})

test('A sign-in that was not Grace ends when she says so, and she is told', async ({
  scenario,
  person,
  mailbox,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const phone = await newPhone(person)
  await chooseAuthenticator(grace)
  const link = grace.page.getByRole('link', { name: 'Open on this device' })
  await pairFromLink(phone, (await link.getAttribute('href')) ?? '', 'Grace’s phone')
  await saveCodes(grace.page)

  const thief = await (async () => {
    const one = await person('grace@northwind.test')
    await one.logIn()
    return one
  })()
  await expect(phone.getByRole('heading', { name: 'Is this you?' })).toBeVisible()
  await phone.getByRole('button', { name: 'No, this is not me' }).click()
  await expect(phone.getByText(/We ended that sign-in/)).toBeVisible()
  await expect(thief.page.getByText(/This step has ended|This sign-in has ended/).first()).toBeVisible()
  expect((await thief.page.request.get('/api/session')).status()).toBe(401)
  await mailbox('grace@northwind.test').next(/not you/)
})

test('The sign-in finishes though its stream is cut', async ({ scenario, person }) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const phone = await newPhone(person)
  const { page, context } = grace
  await chooseAuthenticator(grace)
  const link = page.getByRole('link', { name: 'Open on this device' })
  await pairFromLink(phone, (await link.getAttribute('href')) ?? '', 'Grace’s phone')
  await saveCodes(page)
  await signOut(grace)
  await grace.logIn()
  const number = await numberOn(page)
  await expect(phone.getByRole('heading', { name: 'Is this you?' })).toBeVisible()
  await context.setOffline(true)
  await phone.getByLabel('Type the number shown in the browser').fill(number)
  await phone.keyboard.press('Enter')
  await expect(phone.getByText('Approved.')).toBeVisible()
  await context.setOffline(false)
  await expect(page).toHaveURL('/')
})

test('The app can be installed, and tokens are there without a network after the first visit', async ({
  scenario,
  person,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const phone = await newPhone(person)
  await chooseAuthenticator(grace)
  const link = grace.page.getByRole('link', { name: 'Open on this device' })
  await pairFromLink(phone, (await link.getAttribute('href')) ?? '', 'Grace’s phone')
  await phone.evaluate('navigator.serviceWorker.ready.then(() => true)')
  const browser = await phone.context().newCDPSession(phone)
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors')
  // A browser of a test is a private window, where nothing is installed; nothing else may stand in the way.
  expect(installabilityErrors.map((one) => one.errorId).filter((id) => id !== 'in-incognito')).toEqual([])
  await phone.context().setOffline(true)
  await phone.reload()
  await expect(phone.getByText('No connection.')).toBeVisible()
  await expect(phone.getByLabel('Token', { exact: true })).toHaveText(/^\d{3} \d{3}$/)
})

/** The token of the one account this device keeps. */
const deviceToken = (device: Page) =>
  device.evaluate<string>(`new Promise((resolve) => {
    indexedDB.open('countersign-authenticator').onsuccess = ({ target }) => {
      const all = target.result.transaction('accounts').objectStore('accounts').getAll()
      all.onsuccess = () => resolve(all.result[0].deviceToken)
    }
  })`)

test('A phone whose app is shut is woken with an id and nothing else', async ({
  scenario,
  person,
  sandbox,
}) => {
  await scenario('fresh')
  const grace = await person('grace@northwind.test')
  const phone = await newPhone(person)
  const { page } = grace
  await chooseAuthenticator(grace)
  const link = page.getByRole('link', { name: 'Open on this device' })
  await pairFromLink(phone, (await link.getAttribute('href')) ?? '', 'Grace’s phone')
  await saveCodes(page)
  const headers = { authorization: `Bearer ${await deviceToken(phone)}` }
  const inbox = await (await phone.request.get('/api/authenticator/inbox', { headers })).json()
  const { endpoint, keys } = await sandbox.subscribe(inbox.vapidKey)
  const kept = await phone.request.post('/api/authenticator/subscriptions', {
    headers,
    data: { endpoint, keys },
  })
  expect(kept.status()).toBe(204)
  await phone.goto('about:blank')

  await signOut(grace)
  await grace.logIn()
  await expect(page.getByText('Number to type')).toBeVisible()
  await expect
    .poll(() => sandbox.pushes(endpoint))
    .toEqual([{ id: expect.stringMatching(/^[0-9a-f-]{36}$/) }])
})
