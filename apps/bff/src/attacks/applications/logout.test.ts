import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { logoutReceiver } from '../../testing/logout-receiver.ts'
import { type Browser, browser, origin, testPortal } from '../../testing/portal.ts'
import { backup, claimsIn, enter, jwksOf, partnerPortal } from '../../testing/relying-party.ts'
import { signedIn } from '../../testing/signed-in.ts'

const portal = await testPortal()
const receiver = await logoutReceiver()
const other = await logoutReceiver()
const grace = 'grace@northwind.test'
const ada = 'ada@northwind.test'

beforeEach(async () => {
  await portal.play('enrolled')
  for (const one of [receiver, other]) {
    one.tokens.length = 0
    one.state.mood = 'answers'
  }
  await portal.owner`update applications set backchannel_logout_uri = ${receiver.uri} where client_id = 'backup'`
  await portal.owner`update applications set backchannel_logout_uri = ${other.uri} where client_id = 'partner-portal'`
})

const owed = () =>
  portal.owner.begin(async (tx) => {
    await tx`set local role countersign_worker`
    return tx<{ attempts: number; lastError: string | null }[]>`
    select j.attempts, j.last_error from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'tell-logout'`
  })

const read = async (token: string, clientId: string) => {
  const keys = createLocalJWKSet(await jwksOf(portal))
  return (await jwtVerify(token, keys, { issuer: origin, audience: clientId, typ: 'logout+jwt' })).payload
}

describe('signing out reaches the applications', () => {
  test('each that was entered in the session is told of that session, by a signed token', async () => {
    const web = await signedIn(portal, grace)
    const { tokens } = await enter(portal, web, backup)
    await enter(portal, web, backup)
    const { sid, sub } = await claimsIn(portal, tokens.body.id_token, backup)
    await web.delete('/api/session')
    await portal.queue.work()
    expect(other.tokens).toEqual([])
    expect(receiver.tokens).toHaveLength(1)
    const [token = ''] = receiver.tokens
    const claims = await read(token, 'backup')
    expect(claims).toMatchObject({
      sid,
      sub,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    })
    // A logout token is no ID token (Back-Channel Logout 1.0 §2.4): no nonce, and its own type.
    expect(claims).not.toHaveProperty('nonce')
    expect(decodeProtectedHeader(token).typ).toBe('logout+jwt')
  })

  test('two applications do not know the session by the same name', async () => {
    const web = await signedIn(portal, grace)
    const names = []
    for (const party of [backup, partnerPortal]) {
      const { tokens } = await enter(portal, web, party)
      names.push((await claimsIn(portal, tokens.body.id_token, party)).sid)
    }
    expect(new Set(names).size).toBe(2)
  })

  test.each<[string, (grace: Browser, admin: Browser, id: string) => Promise<unknown>]>([
    ['sign-out', (web) => web.delete('/api/session')],
    [
      'signed out from another browser',
      async () => {
        portal.clock.moveTo(60_000)
        const second = await signedIn(portal, grace)
        await second.delete('/api/session/others')
      },
    ],
    [
      'a new password',
      async () => {
        portal.clock.moveTo(60_000)
        const second = await signedIn(portal, grace)
        const passwords = { current: 'plenty of paper clips', next: 'an entirely other sentence' }
        expect((await second.post('/api/account/password', passwords)).status).toBeLessThan(300)
      },
    ],
    [
      'deactivation',
      async (_web, admin, id) => {
        expect((await admin.post(`/api/employees/${id}/deactivate`)).status).toBe(200)
      },
    ],
    [
      'whatever statement ends the session',
      () => portal.owner`update sessions set ended_at = now() where ended_at is null`.then(),
    ],
  ])('%s', async (_what, end) => {
    const admin = await signedIn(portal, ada)
    const web = await signedIn(portal, grace)
    await enter(portal, web, backup)
    const [person] = await portal.owner<{ id: string }[]>`select id from persons where email = ${grace}`
    await end(web, admin, person?.id ?? '')
    expect(await owed()).toHaveLength(1)
    await portal.queue.work()
    expect(receiver.tokens).toHaveLength(1)
  })

  test('the queue and the end of the session are one: what is rolled back tells nobody', async () => {
    const web = await signedIn(portal, grace)
    await enter(portal, web, backup)
    await portal.owner
      .begin(async (tx) => {
        await tx`update sessions set ended_at = now()`
        throw new Error('undone')
      })
      .catch(() => null)
    expect(await owed()).toHaveLength(0)
  })
})

describe('O-12 an application does not answer', () => {
  test.each(['hangs', 'fails', 'redirects'] as const)(
    '%s: nobody waits, others are told, and it is told when it is back',
    async (mood) => {
      receiver.state.mood = mood
      const web = await signedIn(portal, grace)
      await enter(portal, web, backup)
      await enter(portal, web, partnerPortal)
      const begun = performance.now()
      expect((await web.delete('/api/session')).status).toBe(204)
      expect(performance.now() - begun).toBeLessThan(2000)
      await portal.queue.prepare()
      expect(other.tokens).toHaveLength(1)
      // The queue crosses a job off a moment after it was done.
      await vi.waitFor(async () =>
        expect(await owed()).toMatchObject([{ attempts: 1, lastError: expect.any(String) }]),
      )
      receiver.state.mood = 'answers'
      await portal.owner.begin(async (tx) => {
        await tx`set local role countersign_worker`
        await tx`update graphile_worker._private_jobs set run_at = now()`
      })
      await portal.queue.prepare()
      expect(receiver.tokens).toHaveLength(1)
      await vi.waitFor(async () => expect(await owed()).toHaveLength(0))
    },
    20_000,
  )
})

describe('an application asks for the sign-out', () => {
  test('with an ID token of this session: signed out, and back', async () => {
    const web = await signedIn(portal, grace)
    const { tokens } = await enter(portal, web, backup)
    const back = backup.redirectUri.replace('/callback', '')
    const asked = new URLSearchParams({ id_token_hint: tokens.body.id_token, post_logout_redirect_uri: back })
    expect((await web.get(`/oidc/end-session?${asked}`)).headers.get('location')).toBe(back)
    expect((await web.get('/api/session')).status).toBe(401)
    expect(await owed()).toHaveLength(1)
  })

  test('O-13 without one, or with another person’s: nobody is signed out before they said so', async () => {
    const web = await signedIn(portal, grace)
    portal.clock.moveTo(60_000)
    const { tokens } = await enter(portal, await signedIn(portal, ada, browser(portal)), backup)
    for (const more of [{}, { client_id: 'backup' }, { id_token_hint: tokens.body.id_token }]) {
      const answer = await web.get(`/oidc/end-session?${new URLSearchParams(more)}`)
      expect(answer.headers.get('location')).toMatch(/^\/sign-out\?/)
      expect((await web.get('/api/session')).status).toBe(200)
    }
  })

  test('O-13 a page of another site takes nobody’s cookie away by an ID token of its own', async () => {
    const { tokens } = await enter(portal, await signedIn(portal, ada), backup)
    const asked = new URLSearchParams({ id_token_hint: tokens.body.id_token, here: '1' })
    // As a browser comes from there: without its cookies, which SameSite=Strict keeps at home.
    const answer = await browser(portal).get(`/oidc/end-session?${asked}`, { 'sec-fetch-site': 'cross-site' })
    expect(answer.headers.get('location')).toBe('/login')
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('by a form, which the standard wants taken as well (RP-Initiated Logout 1.0 §2)', async () => {
    const web = await signedIn(portal, grace)
    const { tokens } = await enter(portal, web, backup)
    const back = backup.redirectUri.replace('/callback', '')
    const form = new URLSearchParams({ id_token_hint: tokens.body.id_token, post_logout_redirect_uri: back })
    const posted = await web.post('/oidc/end-session', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(posted.status).toBe(303)
    const there = posted.headers.get('location') ?? ''
    expect((await web.get(there)).headers.get('location')).toBe(back)
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('the page that asks knows whose wish it is, and where it may lead', async () => {
    const web = await signedIn(portal, grace)
    const back = backup.redirectUri.replace('/callback', '')
    const asked = new URLSearchParams({ client_id: 'backup', post_logout_redirect_uri: back, state: 'x' })
    expect((await web.get(`/api/applications/sign-out?${asked}`)).body).toEqual({
      application: { name: 'Backup', logo: null, colour: '#2f6b3a' },
      back: `${back}?state=x`,
    })
  })
})
