import { minutes } from '@countersign/core/clock'
import { demoPassword } from '@countersign/core/demo/people'
import { securityKey, type Twist } from '@countersign/core/testing/security-key'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browser, origin, testPortal } from '../testing/portal.ts'

const portal = await testPortal()
const grace = { email: 'grace@northwind.test', password: demoPassword }
type Key = ReturnType<typeof securityKey>
let key: Key

const handleOf = (credential: ReturnType<Key['get']>) => String(Object(credential.response).userHandle ?? '')

const enrol = async (email: string, name?: string) => {
  const web = browser(portal)
  await web.post('/api/sign-in', { email, password: demoPassword })
  const own = securityKey(origin)
  const asked = await web.post('/api/challenges/enrolments', { factor: 'webauthn' })
  const credential = own.create(asked.body.prompt.options)
  const verify = `/api/challenges/${asked.body.id}/verify`
  const added = await web.post(verify, { credential, ...(name && { name }) })
  await web.post(`/api/challenges/${added.body.next.id}/verify`, { saved: true })
  return { web, key: own, asked, credential }
}

beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('fresh')
  key = (await enrol(grace.email, 'Blue key')).key
})

const ask = async (web: Browser = browser(portal)) => {
  const begun = await web.post('/api/sign-in', grace)
  const [way] = begun.body.signIn.step.ways
  const challenge = await web.post('/api/challenges', { authenticatorId: way.authenticatorId })
  const { options } = challenge.body.prompt
  const send = (credential: object) => web.post(`/api/challenges/${challenge.body.id}/verify`, { credential })
  return { web, way, options, send }
}

const askAlone = async (web: Browser = browser(portal)) => {
  const { options } = (await web.post('/api/sign-in/passkey/options')).body
  const send = (credential: object) => web.post('/api/sign-in/passkey', { credential })
  return { web, options, send }
}

describe('as second factor', () => {
  test('is enrolled with a name and finishes a sign-in', async () => {
    const { web, way, options, send } = await ask()
    expect(way).toMatchObject({ factor: 'webauthn', name: 'Blue key', strength: 3 })
    expect(options).toMatchObject({ rpId: 'portal.test', userVerification: 'required' })
    expect((await send(key.get(options))).body).toEqual({ outcome: 'signed-in' })
    expect((await web.get('/api/session')).body.amr.sort()).toEqual(['hwk', 'pwd', 'user'])
  })

  test('the same key is not offered again', async () => {
    const { web, options, send } = await ask()
    await send(key.get(options))
    const again = await web.post('/api/challenges/enrolments', { factor: 'webauthn' })
    expect(again.body.prompt.options.excludeCredentials).toHaveLength(1)
  })

  test('a counter that goes back locks the key and tells the person', async () => {
    const first = await ask()
    await first.send(key.get(first.options, { counter: 41 }))
    const second = await ask()
    const tried = await second.send(key.get(second.options, { counter: 40 }))
    expect(tried.body).toMatchObject({ code: 'passkey-refused', detail: 'locked' })
    expect((await portal.owner`select 1 from mails where template = 'factor-compromised'`).length).toBe(1)
    const third = await browser(portal).post('/api/sign-in', grace)
    expect(
      third.body.signIn?.step.ways?.some((way: { factor: string }) => way.factor === 'webauthn'),
    ).toBeFalsy()
  })

  test('a key that does not count is fine', async () => {
    for (let n = 0; n < 2; n++) {
      const { options, send } = await ask()
      expect((await send(key.get(options, { counter: 0 }))).status).toBe(200)
    }
  })
})

describe('A-53 passkey confusion', () => {
  const twists: [string, Twist][] = [
    ['another page', { origin: 'https://evil.test' }],
    ['a subdomain', { origin: 'https://evil.portal.test' }],
    ['another host', { rpId: 'evil.test' }],
    ['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['a registration', { type: 'webauthn.create' }],
    ['nobody verified', { userVerified: false }],
    ['an id that is not the raw id', { rawId: Buffer.alloc(32).toString('base64url') }],
    ['somebody else’s handle', { userHandle: Buffer.alloc(16).toString('base64url') }],
  ]

  test.each(twists)('an answer with %s is refused', async (_name, twist) => {
    const { options, send } = await ask()
    expect((await send(key.get(options, twist))).body.code).toBe('passkey-refused')
    const alone = await askAlone()
    expect((await alone.send(key.get(alone.options, twist))).body.code).toBe('passkey-refused')
  })

  test.each([
    ...twists.slice(0, 4),
    ['an assertion', { type: 'webauthn.get' }] as [string, Twist],
    ['nobody verified', { userVerified: false }] as [string, Twist],
    ['an unknown algorithm', { algorithm: -47 }] as [string, Twist],
  ])('a creation with %s is refused', async (_name, twist) => {
    const web = browser(portal)
    await web.post('/api/sign-in', { ...grace, email: 'linus@northwind.test' })
    const asked = await web.post('/api/challenges/enrolments', { factor: 'webauthn' })
    const credential = securityKey(origin).create(asked.body.prompt.options, twist)
    const tried = await web.post(`/api/challenges/${asked.body.id}/verify`, { credential })
    expect(tried.body.code).toBe('passkey-refused')
  })

  test('another person’s key is refused, and so is a creation where an assertion is due', async () => {
    const linus = await enrol('linus@northwind.test')
    const { options, send } = await ask()
    expect((await send(linus.key.get(options))).body.code).toBe('passkey-refused')
    expect((await send(linus.credential)).body.code).toBe('passkey-refused')
    const alone = await askAlone()
    const posing = Buffer.from(handleOf(key.get(alone.options)), 'base64url').toString('base64url')
    expect((await alone.send(linus.key.get(alone.options, { userHandle: posing }))).body.code).toBe(
      'passkey-refused',
    )
  })

  test('a challenge works once and for five minutes, alone too', async () => {
    const used = await askAlone()
    const credential = key.get(used.options)
    const jar = new Map(used.web.jar)
    expect((await used.send(credential)).body).toEqual({ done: true })
    const replay = browser(portal)
    for (const [name, value] of jar) replay.jar.set(name, value)
    expect((await replay.post('/api/sign-in/passkey', { credential })).body.code).toBe('challenge-over')
    expect((await browser(portal).post('/api/sign-in/passkey', { credential })).body.code).toBe(
      'challenge-over',
    )

    const late = await askAlone()
    portal.clock.moveTo(minutes(5))
    expect((await late.send(key.get(late.options))).body.code).toBe('challenge-over')
  })

  test('parallel replays open one session', async () => {
    const { web, options } = await askAlone()
    const credential = key.get(options)
    const twins = [1, 2, 3].map(() => {
      const twin = browser(portal)
      for (const [name, value] of web.jar) twin.jar.set(name, value)
      return twin
    })
    const tries = await Promise.all(twins.map((twin) => twin.post('/api/sign-in/passkey', { credential })))
    expect(tries.map((one) => one.status).sort()).toEqual([200, 410, 410])
  })
})

describe('as the whole sign-in', () => {
  test('opens a session with two factors and no password', async () => {
    const { web, options, send } = await askAlone()
    expect(options.allowCredentials ?? []).toEqual([])
    expect((await send(key.get(options))).body).toEqual({ done: true })
    const session = await web.get('/api/session')
    expect(session.body).toMatchObject({ aal: 2, person: { email: grace.email } })
    expect(session.body.amr).not.toContain('pwd')
  })

  test('says nothing of who exists', async () => {
    const { options, send } = await askAlone()
    const stranger = securityKey(origin)
    const nobody = stranger.get(options, { userHandle: Buffer.alloc(16, 9).toString('base64url') })
    const unknown = await send(nobody)
    expect(unknown).toMatchObject({ status: 422, body: { code: 'passkey-refused' } })
    const again = await askAlone()
    const known = Buffer.from(handleOf(key.get(again.options)), 'base64url')
    const posing = stranger.get(again.options, { userHandle: known.toString('base64url') })
    expect((await again.send(posing)).body).toEqual(unknown.body)
  })

  test('lets nobody in who is in no company any more', async () => {
    await portal.owner`update memberships m set deactivated_at = now() from persons p where p.id = m.person_id and p.email = ${grace.email}`
    const { web, options, send } = await askAlone()
    expect((await send(key.get(options))).body.code).toBe('passkey-refused')
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('does not let a stranger push the owner’s own sign-ins out', async () => {
    const { web } = await ask()
    for (let n = 0; n < 6; n++) {
      const alone = await askAlone()
      await alone.send(
        securityKey(origin).get(alone.options, { userHandle: Buffer.alloc(16, 9).toString('base64url') }),
      )
    }
    expect((await web.get('/api/sign-in')).status).toBe(200)
  })

  test('a counter that goes back locks the key here too', async () => {
    const first = await askAlone()
    await first.send(key.get(first.options, { counter: 9 }))
    const second = await askAlone()
    expect((await second.send(key.get(second.options, { counter: 9 }))).body.detail).toBe('locked')
    const third = await askAlone()
    expect((await third.send(key.get(third.options, { counter: 10 }))).body.code).toBe('passkey-refused')
  })
})
