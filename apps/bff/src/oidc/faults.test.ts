import { connect } from '@countersign/core/db/connect'
import { afterAll, expect, test, vi } from 'vitest'
import { createApp } from '../app.ts'
import { browser, origin, testPortal } from '../testing/portal.ts'
import { authorize, authorizePath, backup, enter, exchange, newVerifier } from '../testing/relying-party.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
await portal.play('enrolled')
const away = connect('postgres://nobody@127.0.0.1:1/nothing', { max: 1 })
afterAll(() => away.end({ timeout: 1 }))
const errors: unknown[] = []
const log = { ...portal.deps.log, error: (facts: unknown) => void errors.push(facts) }
const without = { app: createApp({ ...portal.deps, sql: away, log }, { trustedProxies: ['127.0.0.0/8'] }) }

test('the database is away: a person sees a page of ours, an application hears when to try again', async () => {
  const web = browser(without)
  for (const path of [authorizePath(backup, newVerifier()), '/oidc/auth/some-interaction'])
    expect((await web.get(path)).headers.get('location')).toMatch(
      /^\/enter-problem\?error=(temporarily_unavailable|server_error)$/,
    )
  const answer = await exchange(without, backup, { code: 'x', code_verifier: newVerifier() })
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBeTruthy()
  expect(errors.length).toBeGreaterThan(0)
})

test('the sealing key is not the one that sealed: nobody is signed in with a key that cannot be read', async () => {
  const web = await signedIn(portal, 'grace@northwind.test')
  await enter(portal, web, backup)
  const { createSeal } = await import('@countersign/core/keys/seal')
  const seal = createSeal([{ id: 'other', key: Buffer.alloc(32, 7) }])
  const app = createApp({ ...portal.deps, seal, log }, { trustedProxies: ['127.0.0.0/8'] })
  expect(await authorize(browser({ app }), backup, newVerifier())).toBe(
    '/enter-problem?error=temporarily_unavailable',
  )
  expect((await app.request('https://portal.test/oidc/jwks')).status).toBe(500)
})

test('NUL, which no database keeps, is a mistake of whoever sends it and no fault of ours', async () => {
  const said = vi.spyOn(portal.deps.log, 'error')
  const web = await signedIn(portal, 'grace@northwind.test')
  const params = [
    'client_id',
    'state',
    'nonce',
    'acr_values',
    'ui_locales',
    'display',
    'login_hint',
    'redirect_uri',
  ]
  for (const name of params)
    for (const at of [web, browser(portal)])
      expect(await authorize(at, backup, newVerifier(), { [name]: 'a\0b' }), name).toMatch(
        /^\/enter-problem\?error=invalid_/,
      )
  const names = ['\0:x', '%00:x'].map((one) => `Basic ${Buffer.from(one).toString('base64')}`)
  for (const authorization of [...names, '']) {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'x', client_id: '\0' })
    const answer = await portal.app.request(`${origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization },
      body,
    })
    expect([400, 401]).toContain(answer.status)
  }
  expect(said).not.toHaveBeenCalled()
})
