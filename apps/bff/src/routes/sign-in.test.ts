import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { browser, testPortal } from '../testing/portal.ts'

const portal = await testPortal()
beforeEach(() => portal.play('fresh'))

const grace = { email: 'grace@northwind.test', password: demoPassword }

describe('first sign-in', () => {
  test('offers 2FA, enrols a phone, shows recovery codes, and only then is signed in', async () => {
    const web = browser(portal)
    const begun = await web.post('/api/sign-in', grace)
    expect(begun.status).toBe(200)
    expect(begun.body.signIn.step).toMatchObject({ kind: 'enrol', remindable: true, requiredBy: null })
    expect((await web.get('/api/session')).status).toBe(401)

    const asked = await web.post('/api/challenges/enrolments', { factor: 'phone' })
    expect(asked.body.prompt).toEqual({
      kind: 'enter-phone',
      guidance: null,
      number: null,
      channels: ['sms'],
    })
    const verify = `/api/challenges/${asked.body.id}/verify`
    const sent = await web.post(verify, { phone: '(415) 555-0102', country: 'US' })
    expect(sent.body).toMatchObject({
      outcome: 'next',
      challenge: { prompt: { kind: 'enter-code', title: '2FA Verification' } },
    })
    expect(sent.body.challenge.prompt.destination.masked).toBe('+1 ••• ••• ••02')

    const enrolled = await web.post(verify, { code: portal.phones.codeFor('+14155550102') })
    expect(enrolled.body).toMatchObject({ outcome: 'enrolled', next: { prompt: { kind: 'save-codes' } } })
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await web.get('/api/sign-in')).body.step).toEqual({
      kind: 'save-codes',
      challengeId: enrolled.body.next.id,
    })

    const done = await web.post(`/api/challenges/${enrolled.body.next.id}/verify`, { saved: true })
    expect(done.body).toEqual({ outcome: 'signed-in' })
    const session = await web.get('/api/session')
    expect(session.body).toMatchObject({
      aal: 2,
      person: { email: grace.email },
      company: { name: 'Northwind IT' },
    })
    expect((await web.get('/api/account/security')).body).toMatchObject({
      secured: true,
      strongest: 'Text or call',
      recoveryCodes: { left: 10, of: 10 },
    })
  })

  test('a second sign-in asks for the code', async () => {
    await portal.play('enrolled')
    const web = browser(portal)
    const begun = await web.post('/api/sign-in', grace)
    const [way] = begun.body.signIn.step.ways
    const challenge = await web.post('/api/challenges', { authenticatorId: way.authenticatorId })
    expect(challenge.body.prompt.kind).toBe('enter-code')
    const wrong = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: '000000' })
    expect(wrong).toMatchObject({ status: 422, body: { code: 'wrong-code', triesLeft: 4 } })
  })
})
