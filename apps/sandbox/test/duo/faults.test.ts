import { expect, test } from 'vitest'
import { type Application, browser, startApplication, state, username } from './application.ts'

/** A code of somebody who was let in. */
async function letIn(application: Application) {
  await application.api.put('/duo/policy', { bypass: true })
  const client = application.client()
  const { left } = await browser(application).open(await client.createAuthUrl(username, state))
  return { client, left, code: left?.searchParams.get('duo_code') ?? '' }
}

test('down: no leg is answered, and healing is enough', async () => {
  const application = await startApplication()
  const { client, code } = await letIn(application)
  await application.api.put('/faults/duo', { mode: 'down' })
  await expect(client.healthCheck()).rejects.toThrow(/socket hang up|ECONNRESET/)
  await expect(client.exchangeAuthorizationCodeFor2FAResult(code, username)).rejects.toThrow(
    /socket|ECONNRESET/,
  )
  const url = await client.createAuthUrl(username, state)
  await expect(browser(application).open(url)).rejects.toThrow('fetch failed')
  await application.api.delete('/faults/duo')
  expect(await client.healthCheck()).toMatchObject({ stat: 'OK' })
})

test('error: every leg says so in its own way', async () => {
  const application = await startApplication()
  const { client, code } = await letIn(application)
  await application.api.put('/faults/duo', { mode: 'error' })
  await expect(client.healthCheck()).rejects.toThrow('server_error: Internal server error.')
  await expect(client.exchangeAuthorizationCodeFor2FAResult(code, username)).rejects.toThrow('server_error')
  const page = await browser(application).open(await client.createAuthUrl(username, state))
  expect(page).toMatchObject({ status: 500, html: expect.stringContaining('Duo has a problem') })
})

test.each([
  ['other-user', 'The username is invalid'],
  ['other-case', 'The username is invalid'],
  ['wrong-issuer', 'Error decoding JWT'],
  ['wrong-audience', 'Error decoding JWT'],
  ['expired', 'Error decoding JWT'],
  ['hs256', 'Error decoding JWT'],
  ['unsigned', 'Error decoding JWT'],
  ['nonsense', 'Result missing expected data'],
])('mischief %s is caught by the official client', async (mischief, message) => {
  const application = await startApplication()
  const { client, code } = await letIn(application)
  await application.api.put('/duo/policy', { mischief })
  await expect(client.exchangeAuthorizationCodeFor2FAResult(code, username)).rejects.toThrow(message)
})

test('mischief denied is for the product to notice: the client takes it', async () => {
  const application = await startApplication()
  const { client, code } = await letIn(application)
  await application.api.put('/duo/policy', { mischief: 'denied' })
  const token = await client.exchangeAuthorizationCodeFor2FAResult(code, username)
  expect(token.auth_result).toMatchObject({ result: 'deny' })
})

test('mischief swapped-state comes back with a state nobody gave', async () => {
  const application = await startApplication()
  await application.api.put('/duo/policy', { mischief: 'swapped-state' })
  const { left } = await letIn(application)
  expect(left?.searchParams.get('state')).not.toBe(state)
  expect((await application.api.put('/duo/policy', { mischief: 'unheard of' })).status).toBe(400)
})
