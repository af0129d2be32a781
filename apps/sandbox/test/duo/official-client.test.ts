import { expect, test } from 'vitest'
import { duoKeys } from '../../src/duo/keys.ts'
import { atThePrompt, browser, known, startApplication, state, username } from './application.ts'

test('the health check is fine with the right keys', async () => {
  const { client } = await startApplication()
  expect(await client().healthCheck()).toMatchObject({
    stat: 'OK',
    response: { timestamp: expect.any(Number) },
  })
})

test('wrong keys are told apart', async () => {
  const { client } = await startApplication()
  const wrongSecret = client({ clientSecret: 'x'.repeat(40) })
  await expect(wrongSecret.healthCheck()).rejects.toThrow('invalid_client: Failed to verify signature.')
  const wrongId = client({ clientId: 'DIXXXXXXXXXXXXXXXXXX' })
  await expect(wrongId.healthCheck()).rejects.toThrow(
    'invalid_client: The provided client_assertion was invalid.',
  )
})

test('the whole way of somebody who is set up', async () => {
  const application = await startApplication()
  await known(application)
  const client = application.client()
  const { tab, page, push } = await atThePrompt(application, await client.createAuthUrl(username, state))
  expect(page.html).toContain('Check for a Duo Push')
  expect(push).toMatchObject({ username, status: 'waiting' })

  await application.api.post(`/duo/pushes/${push.id}`, { decision: 'approve' })
  const { left } = await tab.reload()
  expect(left?.origin + (left?.pathname ?? '')).toBe('http://localhost:3000/duo/callback')
  expect(left?.searchParams.get('from')).toBe('test')
  expect(left?.searchParams.get('state')).toBe(state)

  const code = left?.searchParams.get('duo_code') ?? ''
  const token = await client.exchangeAuthorizationCodeFor2FAResult(code, username)
  expect(token).toMatchObject({
    preferred_username: username,
    auth_result: { result: 'allow', status: 'allow' },
    auth_context: {
      factor: 'duo_push',
      result: 'success',
      reason: 'user_approved',
      user: { name: username },
    },
  })
  await expect(client.exchangeAuthorizationCodeFor2FAResult(code, username)).rejects.toThrow('invalid_grant')
})

test('a code of the other attribute, and for another address', async () => {
  const application = await startApplication()
  await known(application)
  const client = application.client({ useDuoCodeAttribute: false })
  const { tab, push } = await atThePrompt(application, await client.createAuthUrl(username, state))
  await application.api.post(`/duo/pushes/${push.id}`, { decision: 'approve' })
  const { left } = await tab.reload()
  expect(left?.searchParams.has('duo_code')).toBe(false)
  const elsewhere = application.client({ redirectUrl: 'http://localhost:3000/elsewhere' })
  const code = left?.searchParams.get('code') ?? ''
  await expect(elsewhere.exchangeAuthorizationCodeFor2FAResult(code, username)).rejects.toThrow(
    'invalid_grant',
  )
})

test.each([
  ['deny', 'denied'],
  ['fraud', 'fraudulent'],
])('%s brings the person back with an error', async (decision, words) => {
  const application = await startApplication()
  await known(application)
  const url = await application.client().createAuthUrl(username, state)
  const { tab, push } = await atThePrompt(application, url)
  await application.api.post(`/duo/pushes/${push.id}`, { decision })
  const { left } = await tab.reload()
  expect(left?.searchParams.get('error')).toBe('access_denied')
  expect(left?.searchParams.get('error_description')).toContain(words)
  expect(left?.searchParams.get('state')).toBe(state)
  expect(left?.searchParams.has('duo_code')).toBe(false)
})

test('cancelling brings the person back with an error', async () => {
  const application = await startApplication()
  await known(application)
  const { tab } = await atThePrompt(application, await application.client().createAuthUrl(username, state))
  expect((await tab.submit({}, '/cancel')).left?.searchParams.get('error')).toBe('access_denied')
})

test('a push is answered once and within a minute, and can be sent again', async () => {
  const application = await startApplication()
  await known(application)
  const { api } = application
  const { tab, push } = await atThePrompt(
    application,
    await application.client().createAuthUrl(username, state),
  )
  await api.post('/clock', { advance: 'PT1M' })
  expect((await api.post(`/duo/pushes/${push.id}`, { decision: 'approve' })).status).toBe(409)
  expect((await tab.reload()).html).toContain('The request timed out')
  expect((await tab.submit()).html).toContain('Check for a Duo Push')
  const [second] = (await api.get('/duo/pushes')).body
  expect(second.id).not.toBe(push.id)
  expect((await api.post(`/duo/pushes/${second.id}`, { decision: 'approve' })).body.status).toBe('approved')
  expect((await api.post(`/duo/pushes/${second.id}`, { decision: 'deny' })).status).toBe(409)
  expect((await api.post('/duo/pushes/nonsense', { decision: 'deny' })).status).toBe(404)
  expect((await api.post(`/duo/pushes/${second.id}`, { decision: 'perhaps' })).status).toBe(400)
})

test('the bypass policy lets everybody in and says so in the token', async () => {
  const application = await startApplication()
  await application.api.put('/duo/policy', { bypass: true })
  const client = application.client()
  const { left } = await browser(application).open(await client.createAuthUrl('somebody@x.test', state))
  const code = left?.searchParams.get('duo_code') ?? ''
  const token = await client.exchangeAuthorizationCodeFor2FAResult(code, 'somebody@x.test')
  expect(token).toMatchObject({ auth_result: { status: 'bypass' }, auth_context: { reason: 'bypass_user' } })
})

test('codes and visits die of age', async () => {
  const application = await startApplication()
  await application.api.put('/duo/policy', { bypass: true })
  const client = application.client()
  const { left } = await browser(application).open(await client.createAuthUrl(username, state))
  await application.api.post('/clock', { advance: 'PT5M' })
  const code = left?.searchParams.get('duo_code') ?? ''
  await expect(client.exchangeAuthorizationCodeFor2FAResult(code, username)).rejects.toThrow('invalid_grant')

  await application.api.put('/duo/policy', { bypass: false })
  const tab = browser(application)
  await tab.open(await client.createAuthUrl(username, state))
  await application.api.post('/clock', { advance: 'PT10M' })
  expect((await tab.reload()).html).toContain('This page has expired')
})

test('the keys outlive the process', async () => {
  const { integrationKey, settings } = await startApplication()
  expect((await duoKeys(`${settings.home}/sandbox`)).integrationKey).toBe(integrationKey)
})
