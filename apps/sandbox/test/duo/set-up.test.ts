import { expect, test } from 'vitest'
import { type Application, browser, startApplication, state, username } from './application.ts'

async function start() {
  const application = await startApplication()
  const tab = browser(application)
  const first = await tab.open(await application.client().createAuthUrl(username, state))
  return { application, tab, first }
}

const users = async ({ api }: Application) => (await api.get('/duo/users')).body

test('somebody new goes through the set-up pages and ends at a push', async () => {
  const { application, tab, first } = await start()
  expect(first.html).toContain('Start setup')
  expect((await tab.submit()).html).toContain('Device type')
  expect((await tab.submit({ kind: 'mobile' })).html).toContain('Phone number')
  expect((await tab.submit({ number: '+1 415 555 0102' })).html).toContain('Operating system')
  expect((await tab.submit({ system: 'android' })).html).toContain('I have Duo Mobile installed')
  const qr = await tab.submit()
  expect(qr.html).toContain('QR code')
  expect(await users(application)).toEqual([])

  const prompt = tab.address()
  const activated = await tab.open(/href="([^"]+\/activate)"/.exec(qr.html)?.[1] ?? '')
  expect(tab.address()).toBe(prompt)
  expect(activated.html).toContain('Duo Mobile is activated')
  expect((await tab.submit()).html).toContain('Check for a Duo Push')
  const device = { kind: 'mobile', system: 'android', number: '+14155550102' }
  expect(await users(application)).toMatchObject([{ username, device }])

  const [push] = (await application.api.get('/duo/pushes')).body
  await application.api.post(`/duo/pushes/${push.id}`, { decision: 'approve' })
  expect((await tab.reload()).left?.searchParams.has('duo_code')).toBe(true)
})

test('a number that is none is not taken, and a reload stays on the page', async () => {
  const { tab } = await start()
  await tab.submit()
  await tab.submit({ kind: 'mobile' })
  const complaint = await tab.submit({ number: '415 555 0102' })
  expect(complaint.status).toBe(422)
  expect(complaint.html).toContain('value="415 555 0102"')
  expect(complaint.html).toContain('Start with + and the country code.')
  expect((await tab.reload()).html).toContain('Phone number')
})

test('the QR page goes on only after Duo Mobile has scanned it', async () => {
  const { application, tab } = await start()
  for (const fields of [{}, { kind: 'tablet' }, { number: '+14155550102' }, { system: 'ios' }, {}]) {
    await tab.submit(fields as Record<string, string>)
  }
  expect((await tab.submit()).html).toContain('QR code')
  expect(await users(application)).toEqual([])
})

test('an open page hears at once when the phone has answered, even before it asked', async () => {
  const { application, tab } = await start()
  application.portal.answers.set('POST /sandbox-hooks/scenarios/duo', {
    status: 200,
    body: { duoUsers: [username] },
  })
  await application.api.post('/scenarios/duo')
  const page = await tab.open(await application.client().createAuthUrl(username, state))
  const seen = /data-seen="([^"]+)"/.exec(page.html)?.[1] ?? ''
  const waiting = fetch(`${tab.address()}/changed?seen=${encodeURIComponent(seen)}`)
  const [push] = (await application.api.get('/duo/pushes')).body
  await application.api.post(`/duo/pushes/${push.id}`, { decision: 'approve' })
  expect((await waiting).status).toBe(204)
  expect((await fetch(`${tab.address()}/changed?seen=${encodeURIComponent(seen)}`)).status).toBe(204)
})

test('a person is forgotten and has to set up again', async () => {
  const { application, tab } = await start()
  application.portal.answers.set('POST /sandbox-hooks/scenarios/duo', {
    status: 200,
    body: { duoUsers: [username] },
  })
  await application.api.post('/scenarios/duo')
  expect((await application.api.delete('/duo/users/GRACE%40northwind.test')).status).toBe(204)
  expect((await application.api.delete('/duo/users/nobody')).status).toBe(404)
  const page = await tab.open(await application.client().createAuthUrl(username, state))
  expect(page.html).toContain('Start setup')
})

test('the prompt may not be framed', async () => {
  const { tab } = await start()
  expect((await fetch(tab.address())).headers.get('content-security-policy')).toBe("frame-ancestors 'none'")
})
