import { beforeEach, describe, expect, test } from 'vitest'
import { origin, testPortal } from '../../testing/portal.ts'
import {
  authorize,
  authorizePath,
  backup,
  enter,
  exchange,
  newVerifier,
  paramsOf,
  partnerPortal,
} from '../../testing/relying-party.ts'
import { signedIn } from '../../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))
const grace = 'grace@northwind.test'

const registered = backup.redirectUri
const elsewhere = [
  'https://evil.test/callback',
  '//evil.test/callback',
  'http://localhost:3900/apps/backup/callback/',
  'http://localhost:3900/apps/backup/callback/../../../evil',
  'http://localhost:3900/apps/backup/callback?next=https://evil.test',
  'http://localhost:3900/apps/backup/callback#@evil.test',
  'http://localhost:3900/apps/backup/callbac',
  'http://localhost:3900/apps/*',
  'http://localhost:3900/APPS/backup/callback',
  'http://LOCALHOST:3900/apps/backup/callback',
  'http://localhost:3900@evil.test/apps/backup/callback',
  'http://localhost:3900%40evil.test/apps/backup/callback',
  'http://localhost:3900\\@evil.test/apps/backup/callback',
  'http://localhost:3901/apps/backup/callback',
  'http://127.0.0.1:3900/apps/backup/callback',
  'https://localhost:3900/apps/backup/callback',
  'http://localhost.evil.test:3900/apps/backup/callback',
  'http://localhost:3900/apps/backup/callback%00.evil.test',
  'http://localhost:3900/apps/backup/callback%0d%0aLocation:%20https://evil.test',
  'http://localhost:3900/apps/backup/callback ',
  ' http://localhost:3900/apps/backup/callback',
  'javascript:alert(1)//localhost:3900/apps/backup/callback',
  'data:text/html,x',
  '/apps/backup/callback',
  '',
  partnerPortal.redirectUri,
]

describe('O-1 open redirects: a person or a code is sent to another address', () => {
  test.each(elsewhere)('signed in, redirect_uri=%j goes nowhere', async (redirect_uri) => {
    const web = await signedIn(portal, grace)
    const location = await authorize(web, backup, newVerifier(), { redirect_uri })
    expect(location).toMatch(/^\/enter-problem\?error=[a-z_]+$/)
    expect(await portal.owner`select 1 from oidc_records`).toEqual([])
  })

  test('a request that is wrong otherwise is no way round: the error goes nowhere either', async () => {
    const web = await signedIn(portal, grace)
    for (const more of [{ response_type: 'token' }, { scope: 'nonsense' }, { prompt: 'none login' }]) {
      const location = await authorize(web, backup, newVerifier(), {
        redirect_uri: elsewhere[0] ?? '',
        ...more,
      })
      expect(location).toMatch(/^\/enter-problem\?/)
    }
  })

  test('two addresses, or two clients, in one request are none', async () => {
    const web = await signedIn(portal, grace)
    for (const twice of ['redirect_uri=https%3A%2F%2Fevil.test', 'client_id=partner-portal']) {
      const answer = await web.get(`${authorizePath(backup, newVerifier())}&${twice}`)
      const location = answer.headers.get('location') ?? ''
      expect(location).toMatch(/^(\/enter-problem\?|http:\/\/localhost:3900\/apps\/backup\/callback\?error=)/)
      expect(location).not.toContain('evil')
    }
  })

  test('an address that is taken off the list while somebody signs in is not followed', async () => {
    const web = await signedIn(portal, grace)
    const waiting = await authorize(web, backup, newVerifier(), { prompt: 'login' })
    await portal.owner`update applications set redirect_uris = '{https://new.test/cb}' where client_id = 'backup'`
    const answer = await web.get(waiting.replace('/enter/', '/oidc/auth/'))
    expect(answer.headers.get('location')).toBe('/enter-problem?error=invalid_request')
  })

  test('after signing out: only an address that is registered for it', async () => {
    const web = await signedIn(portal, grace)
    const { tokens } = await enter(portal, web, backup)
    const hint = { id_token_hint: tokens.body.id_token }
    for (const uri of [
      registered,
      'https://evil.test',
      '//evil.test',
      `${registered.slice(0, -9)}/`,
      '/\\evil.test',
    ]) {
      const there = `/oidc/end-session?${new URLSearchParams({ ...hint, post_logout_redirect_uri: uri })}`
      expect((await web.get(there)).headers.get('location')).toBe('/login')
      const asked = new URLSearchParams({ client_id: 'backup', post_logout_redirect_uri: uri })
      expect((await web.get(`/api/applications/sign-out?${asked}`)).body.back).toBeNull()
    }
    const home = registered.slice(0, -'/callback'.length)
    const right = new URLSearchParams({ ...hint, post_logout_redirect_uri: home, state: 's&t' })
    expect((await web.get(`/oidc/end-session?${right}`)).headers.get('location')).toBe(`${home}?state=s%26t`)
  })
})

describe('O-2 a forged Host or X-Forwarded header becomes the issuer', () => {
  const forged = {
    host: 'evil.test',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '1',
    'x-forwarded-prefix': '/evil',
    'x-original-url': 'https://evil.test/',
    forwarded: 'host=evil.test;proto=http',
  }

  test('discovery, sign-in and tokens name the address of the configuration', async () => {
    const web = await signedIn(portal, grace)
    const found = await web.get('/.well-known/openid-configuration', forged)
    expect(found.body.issuer).toBe(origin)
    expect(JSON.stringify(found.body)).not.toContain('evil')
    expect(found.body.authorization_endpoint).toBe(`${origin}/oidc/auth`)
    const verifier = newVerifier()
    const back = await web.get(authorizePath(backup, verifier), forged)
    const { code, iss } = paramsOf(back.headers.get('location') ?? '')
    expect(iss).toBe(origin)
    const tokens = await exchange(portal, backup, { code: code ?? '', code_verifier: verifier })
    expect(JSON.parse(Buffer.from(tokens.body.id_token.split('.')[1], 'base64url').toString()).iss).toBe(
      origin,
    )
  })

  test('nor does it move where an interaction goes on', async () => {
    const web = await signedIn(portal, grace)
    const waiting = await web.get(authorizePath(backup, newVerifier(), { prompt: 'login' }), forged)
    expect(waiting.headers.get('location')).toMatch(/^\/enter\/[\w-]+$/)
  })
})

describe('O-16 a request from another site, which our cookies do not come along with', () => {
  const from = (site: string) => ({ 'sec-fetch-site': site })
  const ask = (path: string, site: string) => portal.app.request(`${origin}${path}`, { headers: from(site) })

  test('goes round once by a page of ours, without script, in no frame, and looks at nothing', async () => {
    const before = await portal.owner`select 1 from oidc_records`
    const answer = await ask(authorizePath(backup, newVerifier()), 'cross-site')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; frame-ancestors 'none'/,
    )
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const [, there = ''] = /content="0;url=([^"]+)"/.exec(await answer.text()) ?? []
    expect(there).toMatch(/^\/oidc\/auth\?client_id=backup&amp;/)
    expect(await portal.owner`select 1 from oidc_records`).toEqual(before)
    const second = await ask(there.replaceAll('&amp;', '&'), 'cross-site')
    expect(second.status).toBe(303)
    for (const site of ['same-origin', 'same-site', 'none'])
      expect((await ask(authorizePath(backup, newVerifier()), site)).status).toBe(303)
  })

  test.each([
    `/oidc/auth?x="><script>alert(1)</script>`,
    `/oidc/auth?x=%22%3E%3Cscript%3Ealert(1)%3C/script%3E`,
    `/oidc/end-session?state='"><meta http-equiv=refresh content=0;url=//evil.test>`,
    `/oidc/auth?//evil.test`,
  ])('%s: what is written there stays an address of ours', async (path) => {
    const html = await (await ask(path, 'cross-site')).text()
    expect(html.match(/</g)).toHaveLength(5)
    expect(html).toMatch(/content="0;url=\/oidc\/[^"]*"><title>/)
  })

  test('a request by form becomes one by address', async () => {
    const answer = await portal.app.request(`${origin}/oidc/auth`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...from('cross-site') },
      body: new URLSearchParams({ client_id: 'backup', state: 'a b' }),
    })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/oidc/auth?client_id=backup&state=a+b')
  })
})
