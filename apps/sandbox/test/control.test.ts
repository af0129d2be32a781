import { expect, test } from 'vitest'
import { startSandbox } from './start.ts'

test('the clock moves by ISO durations, the portal first, and goes back', async () => {
  const { api, portal } = await startSandbox()
  const hours48 = 48 * 3_600_000
  const moved = await api.post('/clock', { advance: 'PT48H' })
  expect(moved).toMatchObject({ status: 200, body: { offsetMs: hours48 } })
  expect(Math.abs(Date.parse(moved.body.now) - Date.now() - hours48)).toBeLessThan(5_000)
  await api.post('/clock', { advance: 'P21D' })
  await api.delete('/clock')
  expect((await api.get('/clock')).body.offsetMs).toBe(0)
  expect(portal.calls).toEqual([
    { method: 'PUT', path: '/sandbox-hooks/clock', body: { offsetMs: hours48 } },
    { method: 'PUT', path: '/sandbox-hooks/clock', body: { offsetMs: hours48 + 21 * 24 * 3_600_000 } },
    { method: 'PUT', path: '/sandbox-hooks/clock', body: { offsetMs: 0 } },
  ])
})

test('two advances at a time are both counted', async () => {
  const { api } = await startSandbox()
  await Promise.all([api.post('/clock', { advance: 'PT1H' }), api.post('/clock', { advance: 'PT1H' })])
  expect((await api.get('/clock')).body.offsetMs).toBe(2 * 3_600_000)
})

test.each([[{ advance: '48 hours' }], [{ advance: '-PT1H' }], [{ advance: 'P1000Y' }], [{}], [null]])(
  'the clock refuses %j',
  async (body) => {
    const { api, portal } = await startSandbox()
    expect((await api.post('/clock', body)).status).toBe(400)
    expect(portal.calls).toEqual([])
  },
)

test('when the portal refuses the clock, the sandbox stays with it and says so', async () => {
  const { api, portal } = await startSandbox()
  portal.answers.set('PUT /sandbox-hooks/clock', { status: 500, body: { broken: true } })
  const answer = await api.post('/clock', { advance: 'PT1H' })
  expect(answer).toMatchObject({ status: 502, body: { detail: expect.stringContaining('500') } })
  expect((await api.get('/clock')).body.offsetMs).toBe(0)
})

test('when the portal is not there, the answer says where it was looked for', async () => {
  const { api } = await startSandbox({ portalUrl: 'http://localhost:9' })
  const answer = await api.post('/clock', { advance: 'PT1H' })
  expect(answer).toMatchObject({
    status: 502,
    body: { detail: expect.stringContaining('http://localhost:9') },
  })
})

test('a wrong hook secret is told apart', async () => {
  const { api } = await startSandbox({ hookSecret: 'another' })
  expect((await api.delete('/clock')).body.detail).toContain('401')
})

test('a scenario puts back the clock, heals the services and clears the messages', async () => {
  const { api, portal, settings, url } = await startSandbox()
  await api.post('/clock', { advance: 'PT1H' })
  await api.put('/faults/mail', { mode: 'error' })
  const { accountSid, authToken, verifyServiceSid } = settings.twilio
  const started = await fetch(`${url}/twilio/verify/v2/Services/${verifyServiceSid}/Verifications`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
    body: new URLSearchParams({ To: '+14155550101', Channel: 'sms' }),
  })
  expect(started.status).toBe(201)

  portal.calls.length = 0
  expect((await api.post('/scenarios/enrolled')).status).toBe(200)
  expect(portal.calls.map((c) => `${c.method} ${c.path}`)).toEqual([
    'PUT /sandbox-hooks/clock',
    'POST /sandbox-hooks/scenarios/enrolled',
  ])
  expect((await api.get('/clock')).body.offsetMs).toBe(0)
  expect((await api.get('/faults')).body).toEqual({ sms: 'up', duo: 'up', mail: 'up', lookup: 'up' })
  expect(await api.messages()).toEqual([])
})

test('an unknown scenario is answered with the portal’s own 404, and nothing is cleared', async () => {
  const { api, portal } = await startSandbox()
  const body = { title: 'There is no such scenario' }
  portal.answers.set('POST /sandbox-hooks/scenarios/nonsense', { status: 404, body })
  expect(await api.post('/scenarios/nonsense')).toEqual({ status: 404, body })
})

test('a scenario the portal fails at is a 502', async () => {
  const { api, portal } = await startSandbox()
  portal.answers.set('POST /sandbox-hooks/scenarios/large', { status: 500, body: {} })
  expect((await api.post('/scenarios/large')).status).toBe(502)
})

test('keys of authenticator apps come from the portal', async () => {
  const { api, portal } = await startSandbox()
  const body = [{ name: 'App', secret: 'JBSWY3DPEHPK3PXP' }]
  portal.answers.set('GET /sandbox-hooks/authenticators?email=ada%40northwind.test', { status: 200, body })
  expect(await api.get('/authenticators?email=ada@northwind.test')).toEqual({ status: 200, body })
})

test('faults are named, set and healed', async () => {
  const { api } = await startSandbox()
  expect((await api.put('/faults/sms', { mode: 'down' })).body).toMatchObject({ sms: 'down', mail: 'up' })
  expect((await api.put('/faults/sms', { mode: 'lazy' })).status).toBe(400)
  expect((await api.put('/faults/pigeon', { mode: 'down' })).status).toBe(404)
  expect((await api.delete('/faults/sms')).body).toMatchObject({ sms: 'up' })
})

test('a foreign page in the same browser cannot drive the sandbox', async () => {
  const { url } = await startSandbox()
  const headers = { 'sec-fetch-site': 'cross-site' }
  expect((await fetch(`${url}/api/scenarios/fresh`, { method: 'POST', headers })).status).toBe(403)
})
