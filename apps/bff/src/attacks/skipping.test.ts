import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { browser, testPortal } from '../testing/portal.ts'
import {
  ada,
  appCode,
  began,
  beginEnrolment,
  challenged,
  enrolApp,
  enrolled,
  eventsOf,
  grace,
  later,
  liveSessions,
  stepUp,
  wes,
} from '../testing/steps.ts'

const portal = await testPortal()
beforeEach(() => portal.play('fresh'))

const factorsOf = async (email: string) =>
  portal.owner`
    select a.id, a.factor, a.credential from authenticators a join persons p on p.id = a.person_id
    where p.email = ${email} and a.added_at is not null and a.removed_at is null order by a.id`

/** Every address of the API with a method that is there, ids filled in. */
const everyRoute = () => {
  const routes = portal.app.routes
    .filter((route) => route.path.startsWith('/api/') && route.method !== 'ALL')
    .map(({ method, path }) => ({ method, path: path.replace(/:\w+/g, () => randomUUID()), pattern: path }))
  return [...new Map(routes.map((route) => [`${route.method} ${route.pattern}`, route])).values()]
}

/** What may be answered before a sign-in is finished: its own steps, the ways out, and what anybody may ask. */
const open = new Set([
  'GET /api/sign-in',
  'DELETE /api/sign-in',
  'DELETE /api/session',
  'POST /api/links/forgotten-password',
  // The ways back in that a person asks for who has shown the password; each waits for proof of its own.
  'GET /api/recovery/options',
  'POST /api/recovery/phone-change',
  // What an application is called, which its own sign-in page says to anybody.
  'GET /api/applications/sign-out',
  // Begins a sign-in of its own; anybody may.
  'POST /api/sign-in/passkey/options',
])
/** Bodies that would be right, so that a refusal is of the caller and not of the form. */
const bodies: Record<string, unknown> = {
  'POST /api/challenges/enrolments': { factor: 'totp' },
  'POST /api/account/password': { current: grace.password, next: 'correct horse battery staple' },
  'POST /api/account/email': { email: 'evil@evil.test' },
  'PATCH /api/account/profile': { name: 'Evil' },
  'PATCH /api/account/authenticators/:id': { name: 'Evil' },
  'POST /api/links/forgotten-password': { email: 'nobody@nowhere.test' },
}

describe('A-01 forced browsing between password and second factor', () => {
  test('only the steps of the sign-in answer; nothing changes', async () => {
    await enrolled(portal, grace)
    const { web } = await began(portal, grace)
    const before = await factorsOf(grace.email)
    const sessions = await liveSessions(portal, grace)
    const answered: string[] = []
    const refusals = new Map<string, number>()
    for (const { method, path, pattern } of everyRoute()) {
      const name = `${method} ${pattern}`
      if (open.has(name) || pattern.startsWith('/api/authenticator') || name === 'POST /api/sign-in') continue
      const answer = await web.call(method, path, method === 'GET' ? undefined : (bodies[name] ?? {}))
      if (answer.status < 400) answered.push(name)
      else refusals.set(name, answer.status)
    }
    expect(answered).toEqual([])
    for (const [name, status] of refusals)
      expect([400, 401, 403, 404, 409, 410, 415, 422, 429], name).toContain(status)
    expect(refusals.get('GET /api/session')).toBe(401)
    expect(refusals.get('GET /api/account/security')).toBe(401)
    expect(refusals.get('POST /api/account/password')).toBe(401)
    expect(await factorsOf(grace.email)).toEqual(before)
    expect(await liveSessions(portal, grace)).toBe(sessions)
  })

  test('the cookie of a sign-in is no cookie of a session, and the other way round', async () => {
    const { web: signedIn } = await enrolled(portal, grace)
    const { web } = await began(portal, grace)
    const swapped = browser(portal)
    swapped.jar.set('__Host-sid', web.jar.get('__Host-pre') ?? '')
    expect((await swapped.get('/api/session')).status).toBe(401)
    const other = browser(portal)
    other.jar.set('__Host-pre', signedIn.jar.get('__Host-sid') ?? '')
    expect((await other.get('/api/sign-in')).status).toBe(401)
  })
})

test('A-03 a pending sign-in is never full, on this process or another one', async () => {
  await enrolled(portal, grace)
  const { web } = await began(portal, grace)
  const twin = browser({ app: createApp(portal.deps, { trustedProxies: [] }) })
  for (const [name, value] of web.jar) twin.jar.set(name, value)
  for (let i = 0; i < 5; i++) {
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await twin.get('/api/session')).status).toBe(401)
    expect((await twin.get('/api/account/security')).status).toBe(401)
  }
})

describe('A-04 enrolling while the challenge is pending', () => {
  test.each(['totp', 'phone', 'recovery-codes'])(
    'no %s is begun beside the factor there is',
    async (factor) => {
      await enrolled(portal, grace)
      const { web } = await began(portal, grace)
      expect((await beginEnrolment(web, factor)).asked).toMatchObject({
        status: 409,
        body: { code: 'wrong-step' },
      })
    },
  )

  test('the number of the phone that is asked cannot be exchanged', async () => {
    const { web } = await began(portal, grace)
    const { verify } = await beginEnrolment(web, 'phone')
    await web.post(verify, { phone: grace.phone })
    const done = await web.post(verify, { code: portal.phones.codeFor(grace.phone) })
    await web.post(`/api/challenges/${done.body.next.id}/verify`, { saved: true })
    later(portal, 60)
    const thief = await challenged(portal, grace, 'phone')
    const sent = portal.phones.sent.length
    const asked = await thief.web.post(thief.verify, { phone: '+14155550103', country: 'US', channel: 'sms' })
    expect(asked.status).toBe(422)
    expect(portal.phones.sent.slice(sent)).toEqual([])
    expect(portal.phones.codeFor('+14155550103')).toBe('')
    expect((await thief.web.get('/api/session')).status).toBe(401)
  })

  test('an enrolment that began before the owner enrolled does not take effect after', async () => {
    const thief = await began(portal, grace)
    const evil = await beginEnrolment(thief.web, 'totp')
    await enrolled(portal, grace)
    const before = await factorsOf(grace.email)
    const answer = await thief.web.post(evil.verify, { code: appCode(portal, evil.key) })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await factorsOf(grace.email)).toEqual(before)
  })

  test('the same from a stolen session: it needs a fresh check by then', async () => {
    const stolen = (await began(portal, grace)).web
    await stolen.post('/api/sign-in/remind-later')
    const evil = await beginEnrolment(stolen, 'totp')
    await enrolled(portal, grace)
    const answer = await stolen.post(evil.verify, { code: appCode(portal, evil.key) })
    expect(answer).toMatchObject({ status: 403, body: { code: 'step-up-required' } })
  })

  test('two enrolments finished at the same moment bind one factor', async () => {
    const one = await began(portal, grace)
    const two = await began(portal, grace)
    const [a, b] = [await beginEnrolment(one.web, 'totp'), await beginEnrolment(two.web, 'totp')]
    const answers = await Promise.all([
      one.web.post(a.verify, { code: appCode(portal, a.key) }),
      two.web.post(b.verify, { code: appCode(portal, b.key) }),
    ])
    expect(answers.filter((answer) => answer.body.outcome === 'enrolled')).toHaveLength(1)
    expect(answers.filter((answer) => answer.status >= 500)).toEqual([])
    expect((await factorsOf(grace.email)).filter((row) => row.factor === 'totp')).toHaveLength(1)
  })
})

test('A-05 nothing regenerates a key while pending, by GET or from another site', async () => {
  await enrolled(portal, grace)
  const { web } = await began(portal, grace)
  const before = await factorsOf(grace.email)
  for (const path of ['/api/challenges/enrolments', '/api/account/authenticators'])
    expect((await web.get(path)).status).toBeGreaterThanOrEqual(400)
  const foreign = await web.post(
    '/api/challenges/enrolments',
    { factor: 'totp' },
    { origin: 'https://evil.test' },
  )
  expect(foreign).toMatchObject({ status: 403, body: { code: 'foreign-origin' } })
  expect(await factorsOf(grace.email)).toEqual(before)
})

describe('A-06 no way in with one factor only', () => {
  test('"remind me later" is no way round a factor that exists', async () => {
    await enrolled(portal, grace)
    const { web } = await began(portal, grace)
    expect(await web.post('/api/sign-in/remind-later')).toMatchObject({
      status: 409,
      body: { code: 'wrong-step' },
    })
  })

  test('nor when the factor came after the sign-in began', async () => {
    const { web } = await began(portal, grace)
    await enrolled(portal, grace)
    const answer = await web.post('/api/sign-in/remind-later')
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('a reminder does not outlive the enrolment that answered it', async () => {
    const { web } = await began(portal, grace)
    await web.post('/api/sign-in/remind-later')
    const { key } = await enrolApp(portal, web)
    await stepUp(portal, web, key)
    const { body } = await web.get('/api/account/security')
    expect((await web.delete(`/api/account/authenticators/${body.authenticators[0].id}`)).status).toBe(204)
    expect((await began(portal, grace)).step).toMatchObject({ kind: 'enrol', remindable: true })
  })

  test('recovery codes alone bind nothing and open nothing', async () => {
    const { web } = await began(portal, grace)
    expect((await beginEnrolment(web, 'recovery-codes')).asked.status).toBe(409)
    await web.post('/api/sign-in/remind-later')
    expect((await beginEnrolment(web, 'recovery-codes')).asked.body.code).toBe('needs-own-factor')
  })

  test('a recovery code does not step a session up', async () => {
    const { web } = await enrolled(portal, grace)
    const held = await factorsOf(grace.email)
    const codes = held.find((row) => row.factor === 'recovery-codes')
    const asked = await web.post('/api/challenges', { authenticatorId: codes?.id })
    expect(asked).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  })
})

describe('A-07 states of a factor that are none', () => {
  test('half an enrolment leaves nobody asked and nobody protected', async () => {
    const { web } = await began(portal, grace)
    await beginEnrolment(web, 'totp')
    const again = await began(portal, grace)
    expect(again.step).toMatchObject({ kind: 'enrol' })
    expect(await factorsOf(grace.email)).toEqual([])
  })

  test('A-38 half an enrolment beside a factor changes nothing: the old one is asked, the new one is inert', async () => {
    const { web } = await enrolled(portal, grace)
    expect((await beginEnrolment(web, 'totp')).asked.status).toBe(201)
    const { step } = await began(portal, grace)
    expect(step.ways.map((way: { factor: string }) => way.factor)).toEqual(['totp', 'recovery-codes'])
  })

  test('a required factor that is locked lets nobody in by password', async () => {
    await enrolled(portal, grace)
    await portal.owner`update companies set required_at = now()`
    await portal.owner`update authenticators set locked_at = now() where factor = 'totp'`
    const { web, step } = await began(portal, grace)
    expect(step).toMatchObject({ kind: 'prove' })
    expect((await web.post('/api/sign-in/remind-later')).status).toBe(409)
    expect((await beginEnrolment(web, 'phone')).asked.status).toBe(409)
  })

  test('invariant 3: a password-only session ends when the announced day comes', async () => {
    const { web } = await began(portal, grace)
    await web.post('/api/sign-in/remind-later')
    expect((await web.get('/api/session')).status).toBe(200)
    await portal.owner`update companies set required_from = ${new Date(portal.clock.now().getTime() + 60_000)}`
    expect((await web.get('/api/session')).status).toBe(200)
    later(portal, 61)
    expect((await web.get('/api/session')).status).toBe(401)
  })
})

describe('A-10 a challenge of somebody else', () => {
  test('unknown, foreign, spent and late look the same', async () => {
    const { key } = await enrolled(portal, grace)
    const hers = await challenged(portal, grace)
    const { key: adasKey } = await enrolled(portal, ada)
    const mine = await challenged(portal, ada)
    const code = { code: appCode(portal, adasKey) }
    const foreign = await mine.web.post(hers.verify, code)
    const unknown = await mine.web.post(`/api/challenges/${randomUUID()}/verify`, code)
    await hers.web.post(hers.verify, { code: appCode(portal, key) })
    const again = await challenged(portal, grace)
    const spent = await again.web.post(hers.verify, code)
    later(portal, 601)
    const late = await again.web.post(again.verify, code)
    for (const answer of [foreign, unknown, spent, late]) {
      expect(answer.status).toBe(410)
      expect(answer.body).toEqual(unknown.body)
    }
  })

  test('ids of other shapes are not there', async () => {
    const { web } = await began(portal, grace)
    for (const id of [
      '1',
      '0',
      '-1',
      'null',
      '%00',
      'challenge:1',
      '__proto__',
      '../session',
      'x'.repeat(5000),
    ])
      expect(
        (await web.post(`/api/challenges/${encodeURIComponent(id)}/verify`, { code: '123456' })).status,
        id,
      ).toBe(404)
  })

  test('the authenticator of somebody else is not there', async () => {
    await enrolled(portal, ada)
    const [hers] = await factorsOf(ada.email)
    const { web } = await enrolled(portal, grace)
    expect((await web.post('/api/challenges', { authenticatorId: hers?.id })).status).toBe(404)
    expect((await web.patch(`/api/account/authenticators/${hers?.id}`, { name: 'mine' })).status).toBe(404)
    expect((await web.delete(`/api/account/authenticators/${hers?.id}`)).status).toBe(404)
  })
})

describe('A-11 old password, pending sign-in', () => {
  const next = 'correct horse battery staple'

  test('a new password voids what the old one began', async () => {
    const { web, key } = await enrolled(portal, grace)
    const thief = await challenged(portal, grace)
    await stepUp(portal, web, key)
    expect((await web.post('/api/account/password', { current: grace.password, next })).status).toBe(204)
    later(portal, 30)
    expect((await thief.web.post(thief.verify, { code: appCode(portal, key) })).status).toBe(410)
    expect((await thief.web.get('/api/sign-in')).status).toBe(401)
  })

  test('also when the old one was being verified while it changed', async () => {
    const { web } = await began(portal, grace)
    await web.post('/api/sign-in/remind-later')
    const { verify } = portal.deps.passwords
    let checked = () => {}
    const reached = new Promise<void>((resolve) => {
      checked = resolve
    })
    let go = () => {}
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    portal.deps.passwords.verify = async (password, stored) => {
      const right = await verify(password, stored)
      checked()
      await gate
      return right
    }
    const slow = began(portal, grace)
    await reached
    portal.deps.passwords.verify = verify
    expect((await web.post('/api/account/password', { current: grace.password, next })).status).toBe(204)
    go()
    expect((await slow).answer).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
  })

  test('a sign-in that finishes while the password changes is not left behind', async () => {
    for (let round = 0; round < 5; round++) {
      await portal.play('fresh')
      const { web, key } = await enrolled(portal, grace)
      await stepUp(portal, web, key)
      later(portal, 30)
      const thief = await challenged(portal, grace)
      const [finished, changed] = await Promise.all([
        thief.web.post(thief.verify, { code: appCode(portal, key) }),
        web.post('/api/account/password', { current: grace.password, next }),
      ])
      expect(changed.status).toBe(204)
      expect([200, 401, 410, 422]).toContain(finished.status)
      expect((await thief.web.get('/api/session')).status).toBe(401)
      expect(await liveSessions(portal, grace)).toBe(1)
    }
  })
})

test('invariant 13: a sign-in that finishes while its factor is removed rests on nothing', async () => {
  for (let round = 0; round < 5; round++) {
    await portal.play('fresh')
    const { web, key } = await enrolled(portal, grace)
    await stepUp(portal, web, key)
    later(portal, 30)
    const other = await challenged(portal, grace)
    const [app] = (await web.get('/api/account/security')).body.authenticators
    const [finished, removed] = await Promise.all([
      other.web.post(other.verify, { code: appCode(portal, key) }),
      web.delete(`/api/account/authenticators/${app.id}`),
    ])
    expect(removed.status).toBe(204)
    expect([200, 401, 410, 422]).toContain(finished.status)
    expect((await other.web.get('/api/session')).status).toBe(401)
    expect((await web.get('/api/session')).body.aal).toBe(1)
  }
})

test('a session rests on the factor that was enrolled in it, not on the codes saved after', async () => {
  const { web, key } = await enrolled(portal, grace)
  const { key: second } = await (async () => {
    await stepUp(portal, web, key)
    return enrolApp(portal, web)
  })()
  later(portal, 60)
  const other = await challenged(portal, grace)
  await other.web.post(other.verify, { code: appCode(portal, second) })
  const rows = await portal.owner`
    select a.factor from sessions s join authenticators a on a.id = s.authenticator_id where s.ended_at is null`
  expect(new Set(rows.map((row) => row.factor))).toEqual(new Set(['totp']))
})

test('a person of two companies: each chain hears of the sign-in', async () => {
  await enrolled(portal, wes)
  const events = await eventsOf(portal, wes)
  expect(events.filter((one) => one.event === 'sign-in.finished')).toHaveLength(2)
})
