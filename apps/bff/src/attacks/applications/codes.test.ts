import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, testPortal } from '../../testing/portal.ts'
import {
  authorize,
  authorizePath,
  backup,
  challengeOf,
  enter,
  exchange,
  newVerifier,
  paramsOf,
  partnerPortal,
  userinfo,
} from '../../testing/relying-party.ts'
import { signedIn } from '../../testing/signed-in.ts'
import { later } from '../../testing/steps.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))
const grace = 'grace@northwind.test'

/** A code, and the verifier that goes with it. */
const coded = async (web?: Browser) => {
  const browser = web ?? (await signedIn(portal, grace))
  const verifier = newVerifier()
  const { code = '' } = paramsOf(await authorize(browser, backup, verifier))
  expect(code).not.toBe('')
  return { web: browser, code, code_verifier: verifier }
}

describe('O-3 a code is used again [10.4.2]', () => {
  test('one after the other: the second gets nothing, and what the first got is taken back', async () => {
    const { code, code_verifier } = await coded()
    const first = await exchange(portal, backup, { code, code_verifier })
    expect((await userinfo(portal, first.body.access_token)).status).toBe(200)
    const second = await exchange(portal, backup, { code, code_verifier })
    expect(second).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await userinfo(portal, first.body.access_token)).status).toBe(401)
  })

  test('twenty at once: at most one gets a token', async () => {
    const web = await signedIn(portal, grace)
    for (let round = 0; round < 3; round++) {
      const { code, code_verifier } = await coded(web)
      const all = await Promise.all(
        Array.from({ length: 20 }, () => exchange(portal, backup, { code, code_verifier })),
      )
      expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(all.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19)
      const tokens = await portal.owner`select 1 from oidc_records where kind = 'access-token'`
      expect(tokens).toHaveLength(round + 1)
    }
  })

  test('a minute later it is worth nothing', async () => {
    const { code, code_verifier } = await coded()
    later(portal, 61)
    expect((await exchange(portal, backup, { code, code_verifier })).body.error).toBe('invalid_grant')
  })

  test('the database does not know it: only its hash is kept', async () => {
    const { code, code_verifier } = await coded()
    const { body } = await exchange(portal, backup, { code, code_verifier })
    const kept = JSON.stringify(await portal.owner`select * from oidc_records`)
    for (const value of [code, body.access_token, code_verifier]) expect(kept).not.toContain(value)
  })
})

describe('O-4 PKCE is talked down [10.4.6; RFC 9700 §4.8.2]', () => {
  test.each([
    ['missing', { code_challenge: null, code_challenge_method: null }],
    ['plain', { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }],
    ['without a method, which means plain', { code_challenge_method: null }],
    ['a method only', { code_challenge: null }],
    ['another method', { code_challenge_method: 's256' }],
    ['a challenge that is none', { code_challenge: 'short' }],
  ])('%s: the application hears of an error, and there is no code', async (_what, more) => {
    const web = await signedIn(portal, grace)
    const params = paramsOf(await authorize(web, backup, newVerifier(), more))
    expect(params).toMatchObject({ error: 'invalid_request', state: 'state-1' })
    expect(params.code).toBeUndefined()
  })

  test('the wrong verifier, none, or the challenge itself do not exchange it', async () => {
    const web = await signedIn(portal, grace)
    for (const given of [{ code_verifier: newVerifier() }, {}, { code_verifier: '' }]) {
      const { code } = await coded(web)
      const answer = await exchange(portal, backup, { code, ...given } as Record<string, string>)
      expect(answer.status).toBe(400)
      expect(answer.body.id_token).toBeUndefined()
    }
    const { code, code_verifier } = await coded(web)
    const answer = await exchange(portal, backup, { code, code_verifier: challengeOf(code_verifier) })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })
})

describe('O-5 clients are mixed up [10.4.7]', () => {
  test('another application cannot exchange the code, whatever it says it is', async () => {
    const { code, code_verifier } = await coded()
    const stolen = { code, code_verifier, redirect_uri: backup.redirectUri }
    expect((await exchange(portal, partnerPortal, stolen)).body.error).toBe('invalid_grant')
    const posing = { ...backup, secret: partnerPortal.secret }
    expect((await exchange(portal, posing, stolen)).status).toBe(401)
    const both = await exchange(portal, partnerPortal, { ...stolen, client_id: 'backup' })
    expect(both.body.error).toBe('invalid_request')
    expect((await exchange(portal, backup, stolen)).status).toBe(200)
  })

  test('a confidential client without its secret, or with a wrong one, is nobody', async () => {
    const { code, code_verifier } = await coded()
    for (const secret of [null, 'wrong', `${backup.secret}x`, 'kept as a hash', ''])
      expect((await exchange(portal, { ...backup, secret }, { code, code_verifier })).body.error).toMatch(
        /invalid_client|invalid_request/,
      )
    expect((await exchange(portal, backup, { code, code_verifier })).status).toBe(200)
  })

  test('another address than the code was asked for does not exchange it', async () => {
    const { code, code_verifier } = await coded()
    const other = { code, code_verifier, redirect_uri: partnerPortal.redirectUri }
    expect((await exchange(portal, backup, other)).body.error).toBe('invalid_grant')
  })

  test('the answer names its issuer, so that a client knows whose it is (RFC 9207)', async () => {
    const { web } = await coded()
    expect(paramsOf(await authorize(web, backup, newVerifier())).iss).toBe('https://portal.test')
  })

  test('a public client needs its verifier and no secret; a secret it has not is refused', async () => {
    await portal.owner`update applications set secret_hash = null where client_id = 'backup'`
    const open = { ...backup, secret: null }
    const { code, code_verifier } = await coded()
    expect((await exchange(portal, { ...open, secret: 'anything' }, { code, code_verifier })).status).toBe(
      401,
    )
    expect((await exchange(portal, open, { code, code_verifier })).status).toBe(200)
  })
})

describe('what is not spoken here', () => {
  test.each([
    ['implicit', { response_type: 'id_token' }],
    ['implicit with a token', { response_type: 'id_token token' }],
    ['hybrid', { response_type: 'code id_token' }],
  ])('%s', async (_what, more) => {
    const web = await signedIn(portal, grace)
    const params = paramsOf(await authorize(web, backup, newVerifier(), more))
    expect(params.error ?? 'nothing').toMatch(/unsupported_response_type|invalid_request|nothing/)
    expect(JSON.stringify(params)).not.toMatch(/"(code|id_token|access_token)"/)
  })

  test.each(['fragment', 'form_post', 'web_message', 'jwt'])('response_mode=%s', async (response_mode) => {
    const web = await signedIn(portal, grace)
    const location = await authorize(web, backup, newVerifier(), { response_mode })
    expect(location).not.toContain('code=')
  })

  test('request objects, from outside or inside, are not read', async () => {
    const web = await signedIn(portal, grace)
    for (const more of [{ request: 'eyJhbGciOiJub25lIn0.e30.' }, { request_uri: 'https://evil.test/r' }])
      expect(paramsOf(await authorize(web, backup, newVerifier(), more)).error).toMatch(
        /request.*not_supported/,
      )
  })

  test.each([
    'password',
    'client_credentials',
    'refresh_token',
    'urn:ietf:params:oauth:grant-type:device_code',
  ])('grant_type=%s', async (grant_type) => {
    const answer = await exchange(portal, backup, { grant_type, username: grace, password: 'x' })
    expect(answer).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } })
  })

  test('registration, introspection, devices and pushed requests are not there', async () => {
    const web = await signedIn(portal, grace)
    for (const path of [
      '/reg',
      '/token/introspection',
      '/device',
      '/request',
      '/session/end',
      '/interaction/x',
    ])
      for (const prefix of ['', '/oidc'])
        expect(
          (await portal.app.request(`https://portal.test${prefix}${path}`, { method: 'POST' })).status,
        ).toBe(404)
    expect((await web.get(authorizePath(backup, newVerifier()))).status).toBe(303)
    await enter(portal, web, backup)
  })
})
