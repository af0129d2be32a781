import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { browser, origin, testPortal } from '../testing/portal.ts'
import {
  authorize,
  backup,
  claimsIn,
  enter,
  exchange,
  newVerifier,
  paramsOf,
  partnerPortal,
  userinfo,
} from '../testing/relying-party.ts'
import { answerApp, signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const grace = 'grace@northwind.test'

beforeEach(() => portal.play('enrolled'))

describe('signing in to an application', () => {
  test('somebody who is signed in goes straight through, and the application learns who they are', async () => {
    const web = await signedIn(portal, grace)
    const { location, tokens } = await enter(portal, web, backup)
    expect(location).toMatch(/^http:\/\/localhost:3900\/apps\/backup\/callback\?/)
    expect(paramsOf(location)).toMatchObject({ state: 'state-1', iss: origin })
    expect(tokens.status).toBe(200)
    const claims = await claimsIn(portal, tokens.body.id_token, backup)
    expect(claims).toMatchObject({
      name: 'Grace Lindqvist',
      email: grace,
      company: 'Northwind IT',
      role: 'employee',
      account_type: 'employee',
      acr: 'aal2',
      amr: ['mfa', 'otp', 'pwd'],
      nonce: 'nonce-1',
      sid: expect.stringMatching(/^[\w-]{43}$/),
      auth_time: expect.any(Number),
    })
    const seen = await userinfo(portal, tokens.body.access_token)
    expect(seen).toMatchObject({
      status: 200,
      body: { sub: claims.sub, email: grace, company: 'Northwind IT' },
    })
  })

  test('whom the application expects, by login_hint, is filled in; what is no address is not shown', async () => {
    const web = browser(portal)
    for (const [login_hint, email] of [
      [grace, grace],
      ['<b>grace</b>', undefined],
      [`${'a'.repeat(400)}@x.test`, undefined],
    ] as const) {
      const waiting = await authorize(web, backup, newVerifier(), { login_hint })
      const door = await web.get(waiting.replace('/enter/', '/api/applications/interactions/'))
      expect(door.body).toMatchObject({ name: 'Backup' })
      expect(door.body.email).toBe(email)
    }
  })

  test('somebody who is not signs in here first, and then enters without a question', async () => {
    const web = browser(portal)
    const verifier = newVerifier()
    const waiting = await authorize(web, backup, verifier)
    expect(waiting).toMatch(/^\/enter\/[\w-]+$/)
    const api = waiting.replace('/enter/', '/api/applications/interactions/')
    expect((await web.get(api)).body).toEqual({ name: 'Backup', logo: null, colour: '#2f6b3a' })
    expect((await web.post(api)).body.code).toBe('not-signed-in')
    await web.post('/api/sign-in', { email: grace, password: demoPassword })
    expect((await web.post(api)).body.code).toBe('not-signed-in')
    await answerApp(portal, grace, web)
    const next = await web.post(api)
    expect(next.body).toEqual({ outcome: 'go', location: waiting.replace('/enter/', '/oidc/auth/') })
    const back = (await web.get(next.body.location)).headers.get('location') ?? ''
    expect(back).toContain(backup.redirectUri)
    const tokens = await exchange(portal, backup, {
      code: paramsOf(back).code ?? '',
      code_verifier: verifier,
    })
    expect(tokens.status).toBe(200)
    await enter(portal, web, partnerPortal)
  })
})
