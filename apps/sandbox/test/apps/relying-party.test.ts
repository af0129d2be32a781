import { describe, expect, test } from 'vitest'
import { startSandbox } from '../start.ts'
import { type Claims, startProvider } from './provider.ts'

/** A browser as far as an application needs one: cookies by path, no redirects followed. */
const browser = (url: string) => {
  const jar = new Map<string, { value: string; path: string }>()
  const go = async (method: string, address: string, headers: Record<string, string> = {}) => {
    const to = new URL(address, url)
    const sent = [...jar].filter(([, one]) => to.pathname.startsWith(one.path))
    const answer = await fetch(to, {
      method,
      redirect: 'manual',
      headers: { cookie: sent.map(([name, one]) => `${name}=${one.value}`).join('; '), ...headers },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = '', path = ''] = /^([^=]+)=([^;]*).*Path=([^;]+)/.exec(line) ?? []
      if (value === '' || /Max-Age=0/.test(line)) jar.delete(name)
      else jar.set(name, { value, path })
    }
    const location = answer.headers.get('location')
    return { status: answer.status, html: await answer.text(), location: location ? new URL(location) : null }
  }
  return {
    jar,
    get: (path: string) => go('GET', path),
    post: (path: string, headers?: Record<string, string>) => go('POST', path, headers),
  }
}

const start = async () => {
  const provider = await startProvider()
  const secrets = { portal: 'a-secret_with+signs', backup: 'another' }
  const sandbox = await startSandbox({ apps: { issuer: provider.url, secrets } })
  const web = browser(sandbox.url)
  const logIn = async (app = 'portal', path = 'log-in', more: Record<string, string> = {}) => {
    const { location } = await web.post(`/apps/${app}/${path}`)
    if (!location) throw new Error('not sent anywhere')
    return { asked: location.searchParams, back: await web.get(provider.approve(location, more)) }
  }
  const logout = (app: string, token: string) =>
    fetch(`${sandbox.url}/apps/${app}/backchannel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    })
  const isIn = async (app: string) =>
    (await web.get(`/apps/${app}`)).html.includes('Welcome, Grace Lindqvist')
  return { provider, sandbox, web, logIn, logout, isIn }
}

describe('coming in', () => {
  test('by code, PKCE, state and nonce, and the page shows the claims', async () => {
    const { provider, web, logIn } = await start()
    expect((await web.get('/apps/portal')).html).toContain('You are not signed in.')
    const { asked, back } = await logIn()
    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: 'partner-portal',
      response_type: 'code',
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.any(String),
      nonce: expect.any(String),
    })
    expect(asked.has('max_age')).toBe(false)
    expect(back.location?.pathname).toBe('/apps/portal')
    const page = (await web.get('/apps/portal')).html
    for (const shown of [
      'Welcome, Grace Lindqvist of Northwind IT',
      'two factors',
      'grace@northwind.test',
      'auth_time',
    ])
      expect(page).toContain(shown)
    const [sent] = provider.tokenRequests
    expect(sent?.form).toMatchObject({ code: 'a-code', code_verifier: expect.any(String) })
    const basic = Buffer.from(sent?.authorization?.replace('Basic ', '') ?? '', 'base64').toString()
    expect(basic.split(':').map(decodeURIComponent)).toEqual(['partner-portal', 'a-secret_with+signs'])
  })

  test('each application has a session of its own', async () => {
    const { logIn, isIn } = await start()
    await logIn('backup')
    expect([await isIn('backup'), await isIn('portal')]).toEqual([true, false])
  })

  test('a fresh factor is asked for by max_age and acr_values, and less is not taken', async () => {
    const { provider, logIn } = await start()
    const strong = await logIn('portal', 'log-in/fresh')
    expect(strong.asked.get('acr_values')).toBe('aal2')
    expect(Number(strong.asked.get('max_age'))).toBeGreaterThan(0)
    expect(strong.back.status).toBe(303)
    provider.lies.claims = { acr: 'aal1' }
    expect((await logIn('portal', 'log-in/fresh')).back.html).toContain('aal2 was asked for')
    provider.lies.claims = { auth_time: Math.floor(Date.now() / 1000) - 3600 }
    expect((await logIn('portal', 'log-in/fresh')).back.status).toBe(400)
  })
})

describe('is not taken in', () => {
  test.each([
    ['another nonce', { nonce: 'evil' }],
    ['another issuer', { iss: 'http://evil.test' }],
    ['another audience', { aud: 'backup' }],
    ['a token that is over', { exp: 1000 }],
  ])('by %s', async (_, claims) => {
    const { provider, logIn, isIn } = await start()
    provider.lies.claims = claims
    expect((await logIn()).back.status).toBe(400)
    expect(await isIn('portal')).toBe(false)
  })

  test('by another issuer in the answer (mix-up, RFC 9207), another state, or no code', async () => {
    const { logIn, isIn } = await start()
    expect((await logIn('portal', 'log-in', { iss: 'http://evil.test' })).back.status).toBe(400)
    expect((await logIn('portal', 'log-in', { state: 'evil' })).back.status).toBe(400)
    expect((await logIn('portal', 'log-in', { code: '' })).back.status).toBe(400)
    expect(await isIn('portal')).toBe(false)
  })

  test('by an answer this browser did not ask for, or one that comes twice', async () => {
    const { sandbox, provider, web, isIn } = await start()
    const { location } = await web.post('/apps/portal/log-in')
    const back = provider.approve(location as URL)
    expect((await browser(sandbox.url).get(back)).html).toContain('did not begin this sign-in')
    expect((await web.get(back)).status).toBe(303)
    expect((await web.get(back)).html).toContain('did not begin this sign-in')
    expect(await isIn('portal')).toBe(true)
  })

  test('by another site’s button', async () => {
    const { web } = await start()
    for (const path of ['log-in', 'log-in/fresh', 'sign-out'])
      expect((await web.post(`/apps/portal/${path}`, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

describe('refusals', () => {
  test('are shown in the provider’s words, escaped', async () => {
    const { provider, web } = await start()
    const { location } = await web.post('/apps/portal/log-in')
    const { html } = await web.get(
      provider.approve(location as URL, {
        code: '',
        error: 'access_denied',
        error_description: 'Only <b>employees</b> may enter. Contact support.',
      }),
    )
    expect(html).toContain('Not signed in: access_denied')
    expect(html).toContain('Only &lt;b&gt;employees&lt;/b&gt; may enter. Contact support.')
  })

  test('of the token endpoint too', async () => {
    const { provider, logIn } = await start()
    provider.lies.refusal = { error: 'invalid_grant', error_description: 'the code was used' }
    expect((await logIn()).back.html).toContain('the code was used')
  })

  test('a portal that is away is said to be, and asked again next time', async () => {
    const { api, url } = await startSandbox({
      apps: { issuer: 'http://127.0.0.1:9', secrets: { portal: 'x', backup: 'y' } },
    })
    const answer = await browser(url).post('/apps/portal/log-in')
    expect(answer.html).toContain('The portal cannot be reached')
    expect((await api.get('/clock')).status).toBe(200)
  })
})

describe('leaving', () => {
  test('the application forgets the person, then the portal is told', async () => {
    const { provider, web, logIn, isIn } = await start()
    await logIn()
    const { location } = await web.post('/apps/portal/sign-out')
    expect(location?.href).toMatch(new RegExp(`^${provider.url}/end\\?`))
    expect(location?.searchParams.get('id_token_hint')).toMatch(/^ey/)
    expect(location?.searchParams.get('post_logout_redirect_uri')).toMatch(/\/apps\/portal$/)
    expect(await isIn('portal')).toBe(false)
  })

  test('the portal says that a session is over, by a token that counts once', async () => {
    const { provider, logIn, logout, isIn } = await start()
    await logIn()
    const token = await provider.logoutToken('partner-portal')
    expect((await logout('portal', token)).status).toBe(200)
    expect(await isIn('portal')).toBe(false)
    await logIn()
    expect((await logout('portal', token)).status).toBe(400)
    expect(await isIn('portal')).toBe(true)
  })

  test('only that session ends, or all of the person where none is named', async () => {
    const { provider, logIn, logout, isIn } = await start()
    await logIn()
    await logout('portal', await provider.logoutToken('partner-portal', { sid: 's-2' }))
    expect(await isIn('portal')).toBe(true)
    await logout('portal', await provider.logoutToken('partner-portal', { sid: undefined }))
    expect(await isIn('portal')).toBe(false)
  })

  test.each<[string, Claims, { typ?: string }]>([
    ['for another application', { aud: 'backup' }, {}],
    ['of another portal', { iss: 'http://evil.test' }, {}],
    ['that is old', { iat: 1000, exp: 1100 }, {}],
    ['with a nonce, like an ID token', { nonce: 'n' }, {}],
    ['without the event', { events: {} }, {}],
    ['that names nobody', { sub: undefined, sid: undefined }, {}],
    ['of another type', {}, { typ: 'JWT' }],
  ])('a token %s ends nothing', async (_, claims, header) => {
    const { provider, logIn, logout, isIn } = await start()
    await logIn()
    const answer = await logout('portal', await provider.logoutToken('partner-portal', claims, header))
    expect(answer.status).toBe(400)
    expect(await isIn('portal')).toBe(true)
  })

  test('nor does one signed by somebody else, nor nonsense', async () => {
    const { provider, logIn, logout, isIn } = await start()
    await logIn()
    provider.lies.otherKey = true
    expect((await logout('portal', await provider.logoutToken('partner-portal'))).status).toBe(400)
    expect((await logout('portal', 'x.y.z')).status).toBe(400)
    expect((await logout('portal', '')).status).toBe(400)
    expect(await isIn('portal')).toBe(true)
  })

  test('a scenario ends them all', async () => {
    const { sandbox, logIn, isIn } = await start()
    await logIn()
    await sandbox.api.post('/scenarios/fresh')
    expect(await isIn('portal')).toBe(false)
  })
})

test('the sandbox’s own page leads to both', async () => {
  const { web } = await start()
  const { html } = await web.get('/apps')
  expect(html).toContain('href="/apps/portal"')
  expect(html).toContain('href="/apps/backup"')
})
