import { createHmac, createPublicKey } from 'node:crypto'
import { parameters } from '@countersign/core/policy/parameters'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browser, testPortal } from '../../testing/portal.ts'
import {
  authorize,
  backup,
  claimsIn,
  enter,
  exchange,
  jwksOf,
  newVerifier,
  paramsOf,
  userinfo,
} from '../../testing/relying-party.ts'
import { signedIn } from '../../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))
const grace = 'grace@northwind.test'
const carol = 'carol@client.test'

const disable = () => portal.owner`update applications set disabled_at = now() where client_id = 'backup'`
const apiOf = (waiting: string) => waiting.replace('/enter/', '/api/applications/interactions/')
const resume = async (web: Browser, waiting: string) =>
  (await web.get(waiting.replace('/enter/', '/oidc/auth/'))).headers.get('location') ?? ''

describe('O-7 an application is disabled while somebody is on the way', () => {
  test('before they begin', async () => {
    const web = await signedIn(portal, grace)
    await disable()
    expect(await authorize(web, backup, newVerifier())).toBe('/enter-problem?error=invalid_client')
  })

  test('while they sign in', async () => {
    const web = browser(portal)
    const waiting = await authorize(web, backup, newVerifier())
    await signedIn(portal, grace, web)
    await disable()
    expect(await resume(web, waiting)).toMatch(/^\/enter-problem\?/)
  })

  test('with the code in hand', async () => {
    const web = await signedIn(portal, grace)
    const verifier = newVerifier()
    const { code = '' } = paramsOf(await authorize(web, backup, verifier))
    await disable()
    const answer = await exchange(portal, backup, { code, code_verifier: verifier })
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  test('with a token in hand', async () => {
    const { tokens } = await enter(portal, await signedIn(portal, grace), backup)
    expect((await userinfo(portal, tokens.body.access_token)).status).toBe(200)
    await disable()
    expect((await userinfo(portal, tokens.body.access_token)).status).toBe(401)
  })
})

describe('O-8 access outlives what it rests on [7.4.1, 10.4.8]', () => {
  const access = async (email = grace) => {
    const web = await signedIn(portal, email)
    const verifier = newVerifier()
    const { tokens } = await enter(portal, web, backup)
    const { code = '' } = paramsOf(await authorize(web, backup, verifier))
    const still = async () => (await userinfo(portal, tokens.body.access_token)).status
    const trade = async () => (await exchange(portal, backup, { code, code_verifier: verifier })).status
    expect(await still()).toBe(200)
    return { web, still, trade }
  }

  test.each<[string, (web: Browser) => PromiseLike<unknown>]>([
    ['sign-out', (web) => web.delete('/api/session')],
    [
      'another company’s door',
      () => portal.owner`update applications set company_ids = '{}' where client_id = 'backup'`,
    ],
    ['a role the application does not let in', () => portal.owner`update applications set roles = '{admin}'`],
    [
      'the membership',
      () => portal.owner`update memberships set deactivated_at = now()
      where role = 'employee' and person_id = (select id from persons where email = ${grace})`,
    ],
    ['the session, by whatever statement', () => portal.owner`update sessions set ended_at = now()`],
  ])('%s ends token and code at once', async (_what, end) => {
    const { web, still, trade } = await access()
    await end(web)
    expect(await still()).toBe(401)
    expect(await trade()).toBe(400)
  })

  test('an idle session gives nothing either', async () => {
    const { still } = await access(carol)
    portal.clock.moveTo(31 * 60 * 1000)
    expect(await still()).toBe(401)
  })
})

describe('O-9 the algorithm is confused [9.1.2]', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  test('discovery offers two, and an application gets the one it is registered with', async () => {
    const web = await signedIn(portal, grace)
    const found = (await web.get('/.well-known/openid-configuration')).body
    expect(found.id_token_signing_alg_values_supported.sort()).toEqual(['ES256', 'RS256'])
    expect(found).toMatchObject({
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code'],
      backchannel_logout_supported: true,
      acr_values_supported: ['aal1', 'aal2'],
    })
    for (const alg of ['RS256', 'ES256']) {
      await portal.owner`update applications set signing_alg = ${alg}`
      const { tokens } = await enter(portal, web, backup)
      const header = JSON.parse(Buffer.from(tokens.body.id_token.split('.')[0], 'base64url').toString())
      expect(header.alg).toBe(alg)
      await claimsIn(portal, tokens.body.id_token, backup)
    }
  })

  test('keys are published without their private parts', async () => {
    const { keys } = await jwksOf(portal)
    expect(keys.map(({ kty }) => kty).sort()).toEqual(['EC', 'RSA'])
    for (const key of keys)
      for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(part)
  })

  test('a hint that signs somebody out is ours: not unsigned, not signed with the public key as a secret', async () => {
    const web = await signedIn(portal, grace)
    const { tokens } = await enter(portal, web, backup)
    const [header = '', payload = '', signature = ''] = tokens.body.id_token.split('.')
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
    const key = (await jwksOf(portal)).keys.find((one) => one.kid === kid)
    const pem = createPublicKey({ key: key as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    const hs = `${encode({ alg: 'HS256', kid })}.${payload}`
    const forged = [
      `${encode({ alg: 'none' })}.${payload}.`,
      `${encode({ alg: 'none', kid })}.${payload}.${signature}`,
      `${hs}.${createHmac('sha256', pem).update(hs).digest('base64url')}`,
      `${header}.${encode({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'x' })}.${signature}`,
      `${header}.${payload}.`,
      'nonsense',
    ]
    for (const id_token_hint of forged) {
      const answer = await web.get(`/oidc/end-session?${new URLSearchParams({ id_token_hint })}`)
      expect(answer.headers.get('location')).toMatch(/^\/sign-out\?/)
    }
    expect((await web.get('/api/session')).status).toBe(200)
  })
})

describe('O-10 an interaction is finished by another browser or person [3.5.1, 10.4.4]', () => {
  test('its id opens nothing elsewhere: no page, no code, no name', async () => {
    const attacker = browser(portal)
    const waiting = await authorize(attacker, backup, newVerifier())
    const victim = await signedIn(portal, grace)
    expect((await victim.post(apiOf(waiting))).body.code).toBe('not-found')
    expect((await victim.get(apiOf(waiting))).body.code).toBe('not-found')
    expect(await resume(victim, waiting)).toMatch(/^\/enter-problem\?/)
    const other = await authorize(victim, backup, newVerifier(), { prompt: 'login' })
    expect(other).toMatch(/^\/enter\//)
    expect(await resume(victim, waiting)).toMatch(/^\/enter-problem\?/)
    // What the victim did to it changed nothing for its owner, who is not signed in by it.
    expect((await attacker.post(apiOf(waiting))).body.code).toBe('not-signed-in')
    expect(await resume(attacker, waiting)).toMatch(/^\/enter\//)
  })

  test('a cookie that was planted does not help without the one that was given', async () => {
    const attacker = browser(portal)
    const waiting = await authorize(attacker, backup, newVerifier())
    const victim = await signedIn(portal, grace)
    for (const name of ['_interaction', '_interaction_resume', '_session', 'door'])
      victim.jar.set(name, waiting.replace('/enter/', ''))
    victim.jar.set('__Host-door', 'A'.repeat(43))
    expect(await resume(victim, waiting)).toMatch(/^\/enter-problem\?/)
  })

  test('O-11 session fixation: the id chosen by somebody else becomes nobody’s session', async () => {
    const attacker = browser(portal)
    const waiting = await authorize(attacker, backup, newVerifier())
    const victim = browser(portal)
    await victim.get(waiting.replace('/enter/', '/oidc/auth/'))
    await signedIn(portal, grace, victim)
    await resume(victim, waiting)
    expect((await attacker.get('/api/session')).status).toBe(401)
    expect((await attacker.post(apiOf(waiting))).body.code).toBe('not-signed-in')
    const ids = await portal.owner<{ id: string }[]>`select id from sessions`
    expect(ids.map(({ id }) => id)).not.toContain(waiting.replace('/enter/', ''))
  })

  test('the provider’s own cookies never leave, and ours is of this host only', async () => {
    const web = browser(portal)
    await authorize(web, backup, newVerifier())
    expect([...web.jar.keys()]).toEqual(['__Host-door'])
  })

  test('an interaction leads to one code', async () => {
    const web = browser(portal)
    const waiting = await authorize(web, backup, newVerifier())
    await signedIn(portal, grace, web)
    expect(await resume(web, waiting)).toContain('code=')
    expect(await resume(web, waiting)).toMatch(/^\/enter-problem\?/)
  })

  test('O-15 a flood of them is stopped: the application hears that it is too much, others go on', async () => {
    const flood = browser(portal, '203.0.113.77')
    const { perAddress } = parameters.interactions
    await portal.owner`
      insert into throttles (key, window_at, count) values ('interaction:203.0.113.77', ${portal.clock.now()}, ${perAddress})`
    const params = paramsOf(await authorize(flood, backup, newVerifier()))
    expect(params).toMatchObject({ error: 'temporarily_unavailable', state: 'state-1' })
    expect(await portal.owner`select 1 from oidc_records`).toEqual([])
    expect(await authorize(browser(portal), backup, newVerifier())).toMatch(/^\/enter\//)
    await enter(portal, await signedIn(portal, grace, flood), backup)
  })

  test('an hour later it has ended', async () => {
    const web = browser(portal)
    const waiting = await authorize(web, backup, newVerifier())
    portal.clock.moveTo(61 * 60 * 1000)
    expect((await web.get(apiOf(waiting))).body.code).toBe('not-found')
  })
})
