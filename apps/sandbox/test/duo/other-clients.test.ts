import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { type Application, browser, redirectUrl, startApplication, state, username } from './application.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const seconds = () => Math.floor(Date.now() / 1000)
const healthCheck = '/oauth/v1/health_check'
const tokenPath = '/oauth/v1/token'

const form = (fields: Record<string, string>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

/** Goes to the prompt with a request of the client's own make and comes back with its code. */
async function codeFor(
  application: Application,
  claims: Record<string, unknown>,
  query: Record<string, string> = {},
) {
  await application.api.put('/duo/policy', { bypass: true })
  const { integrationKey, base, sign } = application
  const common = {
    response_type: 'code',
    client_id: integrationKey,
    redirect_uri: redirectUrl,
    state,
    scope: 'openid',
  }
  const signed = await sign({ ...common, duo_uname: username, use_duo_code_attribute: true, ...claims })
  const parameters = { response_type: 'code', client_id: integrationKey, request: signed, ...query }
  const { left } = await browser(application).open(
    `${base}/oauth/v1/authorize?${new URLSearchParams(parameters)}`,
  )
  return left?.searchParams.get('duo_code') ?? left?.searchParams.get('code') ?? ''
}

const exchange = async ({ assertion }: Application, code: string, changes: Record<string, unknown> = {}) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: redirectUrl,
  client_assertion_type: assertionType,
  client_assertion: await assertion(tokenPath, changes),
})

test('Python: everything in the query of a POST, exp with a fraction, nonce beside the request', async () => {
  const application = await startApplication()
  const { integrationKey, assertion, post, base } = application
  const exp = Date.now() / 1000 + 300.25
  const check = { client_id: integrationKey, client_assertion: await assertion(healthCheck, { exp }) }
  expect((await post(healthCheck, new URLSearchParams(check))).body).toMatchObject({ stat: 'OK' })

  const nonce = 'a-nonce-of-thirty-six-characters-000'
  const claims = { iss: integrationKey, aud: base, exp, use_duo_code_attribute: false }
  const code = await codeFor(application, claims, { nonce })
  const query = new URLSearchParams({
    ...(await exchange(application, code, { exp })),
    client_id: integrationKey,
  })
  const answer = await post(`${tokenPath}?${query}`, undefined)
  expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } })
  expect(decodeJwt(String(answer.body.id_token))).toMatchObject({ nonce, preferred_username: username })
})

test('PHP: multipart forms', async () => {
  const application = await startApplication()
  const { integrationKey, assertion, post } = application
  const check = { client_id: integrationKey, client_assertion: await assertion(healthCheck) }
  expect((await post(healthCheck, form(check))).body).toMatchObject({ stat: 'OK' })
  const code = await codeFor(application, { exp: seconds() + 300 })
  const answer = await post(
    tokenPath,
    form({ ...(await exchange(application, code)), client_id: integrationKey }),
  )
  expect(answer.status).toBe(200)
})

test('Java: no iss and aud in the request, an hour of life, no client_id at the exchange', async () => {
  const application = await startApplication()
  const hour = { exp: seconds() + 3600, jti: 'x'.repeat(32) }
  const code = await codeFor(application, { exp: seconds() + 3600 })
  const answer = await application.post(
    tokenPath,
    new URLSearchParams(await exchange(application, code, hour)),
  )
  expect(answer.status).toBe(200)
  const context = decodeJwt(String(answer.body.id_token)).auth_context as { timestamp: number }
  expect(Number.isInteger(context.timestamp)).toBe(true)
})

test('Go: every is_ field of the device is true, false or "unknown"', async () => {
  const application = await startApplication()
  const code = await codeFor(application, { exp: seconds() + 300 })
  const answer = await application.post(tokenPath, new URLSearchParams(await exchange(application, code)))
  const { access_device } = decodeJwt(String(answer.body.id_token)).auth_context as {
    access_device: Record<string, unknown>
  }
  const flags = Object.entries(access_device).filter(([name]) => name.startsWith('is_'))
  expect(flags).toHaveLength(3)
  for (const [, value] of flags) expect([true, false, 'unknown']).toContain(value)
})

test.each([
  ['signed with HS256', {}, 'HS256', 'The provided client_assertion was invalid.'],
  [
    'for another endpoint',
    { aud: 'https://api-x.duosecurity.com/oauth/v1/health_check' },
    'HS512',
    'The provided client_assertion was invalid.',
  ],
  [
    'by another subject',
    { sub: 'DIXXXXXXXXXXXXXXXXXX' },
    'HS512',
    'The provided client_assertion was invalid.',
  ],
  ['without an id', { jti: undefined }, 'HS512', 'The provided client_assertion was invalid.'],
  ['that has expired', { exp: 1 }, 'HS512', 'The token has expired.'],
  ['that lives for a day', { exp: seconds() + 86_400 }, 'HS512', 'exp is too far away.'],
])('an assertion %s is refused', async (_what, changes, alg, detail) => {
  const { integrationKey, assertion, post } = await startApplication()
  const fields = { client_id: integrationKey, client_assertion: await assertion(healthCheck, changes, alg) }
  const answer = await post(healthCheck, new URLSearchParams(fields))
  expect(answer).toMatchObject({
    status: 400,
    body: { stat: 'FAIL', code: 40002, message: 'invalid_client', message_detail: detail },
  })
})

test.each([
  ['no assertion', { client_assertion: '' }, 'invalid_client'],
  ['nonsense for an assertion', { client_assertion: 'nonsense' }, 'invalid_client'],
  ['another client', { client_id: 'DIXXXXXXXXXXXXXXXXXX' }, 'invalid_client'],
  ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
  ['another kind of assertion', { client_assertion_type: 'saml' }, 'invalid_request'],
  ['an unknown code', { code: 'nonsense' }, 'invalid_grant'],
])('an exchange with %s is refused', async (_what, changes, error) => {
  const application = await startApplication()
  const code = await codeFor(application, { exp: seconds() + 300 })
  const fields = { ...(await exchange(application, code)), ...changes }
  const answer = await application.post(tokenPath, new URLSearchParams(fields))
  expect(answer).toMatchObject({ status: 400, body: { error, error_description: expect.any(String) } })
})

test.each([
  ['a short state', { state: 'short' }],
  ['no person', { duo_uname: ' ' }],
  ['another audience', { aud: 'https://api-x.duosecurity.com' }],
  ['another issuer', { iss: 'DIXXXXXXXXXXXXXXXXXX' }],
  ['a script for an address', { redirect_uri: 'javascript:alert(1)' }],
  ['no expiry', { exp: undefined }],
])('an authorization request with %s leads nowhere', async (_what, claims) => {
  const application = await startApplication()
  expect(await codeFor(application, { exp: seconds() + 300, ...claims })).toBe('')
})

test('the browser leg answers in sentences, and the server leg is not reached without TLS', async () => {
  const { promptOrigin, integrationKey } = await startApplication()
  const query = new URLSearchParams({ client_id: integrationKey, response_type: 'code', request: 'nonsense' })
  const answer = await fetch(`${promptOrigin}/oauth/v1/authorize?${query}`)
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('The provided request was invalid.')
  expect((await fetch(promptOrigin + healthCheck, { method: 'POST' })).status).toBe(404)
  expect((await fetch(promptOrigin + tokenPath, { method: 'POST' })).status).toBe(404)
})
