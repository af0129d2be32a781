import type { DuoKeys } from '@countersign/core/gateways/duo/duo'
import { createDuo } from '@countersign/core/gateways/duo/universal'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { atDuo, queryOf, startSandbox } from '../testing/sandbox.ts'

const username = 'grace@northwind.test'
const redirectUrl = 'https://portal.test/duo/callback'
const state = 'a-state-of-thirty-six-characters-000'

const sandbox = await startSandbox({ duoUsers: [username] })
const { integrationKey, secretKey, apiHostname, caFile, promptOrigin } = sandbox.duo
const keys: DuoKeys = { integrationKey, secretKey, apiHost: apiHostname }
const duo = createDuo({
  sandbox: { host: apiHostname, caFile, promptOrigin },
  timeoutMs: 1000,
  healthyFor: 0,
})

beforeEach(() => sandbox.reset())
afterEach(() => sandbox.ask('DELETE', '/faults/duo'))

const codeFor = async () => {
  const prompt = await duo.promptUrl(keys, { username, state, redirectUrl })
  if (!prompt.ok) throw new Error(prompt.detail)
  return queryOf(await (await atDuo(sandbox, prompt.url)).answer('approve'))
}
const exchange = (code = '', name = username) => duo.exchange(keys, { username: name, code, redirectUrl })

describe('A-51 hostile host', () => {
  const real = createDuo({ sandbox: null })
  test.each(['api-abcd1234.duosecurity.com', 'api-0a1b2c3d.duofederal.com'])('%s is Duo’s', (host) =>
    expect(real.isHost(host)).toBe(true),
  )

  test.each([
    '127.0.0.1',
    '169.254.169.254',
    '[::1]',
    'localhost:3943',
    'evil.com/.duosecurity.com',
    'api-abcd1234.duosecurity.com.evil.com',
    'api-abcd1234.duosecurity.com@127.0.0.1',
    'api-abcd1234.duosecurity.com:8443',
    'api-abcd1234.duosecurity.com/x',
    'api-abcd1234.duosecurity.com\n',
    'API-ABCD1234.duosecurity.com',
    'api-abcd12345.duosecurity.com',
    'xapi-abcd1234.duosecurity.com',
    '',
  ])('%j is not, and nothing is sent there', async (host) => {
    expect(real.isHost(host)).toBe(false)
    expect(await real.check({ ...keys, apiHost: host })).toMatchObject({ ok: false, detail: 'not-a-host' })
  })

  test('the sandbox’s host is allowed exactly as written, and only with the sandbox', () => {
    expect(duo.isHost(apiHostname)).toBe(true)
    expect(duo.isHost(apiHostname.replace('localhost', '127.0.0.1'))).toBe(false)
    expect(real.isHost(apiHostname)).toBe(false)
  })

  test('a host of Duo’s cannot be declared the sandbox', () => {
    const host = 'api-abcd1234.duosecurity.com'
    expect(() => createDuo({ sandbox: { host, caFile, promptOrigin } })).toThrow('Duo')
  })
})

describe('the health check', () => {
  test('accepts the right keys', async () => expect(await duo.check(keys)).toEqual({ ok: true }))

  test.each([
    { secretKey: 'x'.repeat(40) },
    { integrationKey: 'DIXXXXXXXXXXXXXXXXXX' },
    { secretKey: 'short' },
    { integrationKey: '' },
  ])('tells wrong keys apart: %j', async (wrong) =>
    expect(await duo.check({ ...keys, ...wrong })).toMatchObject({ ok: false, why: 'wrong-keys' }),
  )

  test.each(['down', 'slow', 'error'])('counts "%s" as no answer', async (mode) => {
    await sandbox.ask('PUT', '/faults/duo', { mode })
    expect(await duo.check(keys)).toMatchObject({ ok: false, why: 'unavailable' })
  })
})

describe('the health check, remembered', () => {
  const host = { host: apiHostname, caFile, promptOrigin }

  test('a good answer serves who comes a moment later, with the same keys only', async () => {
    const patient = createDuo({ sandbox: host, timeoutMs: 1000, healthyFor: 60_000 })
    expect(await patient.check(keys)).toEqual({ ok: true })
    await sandbox.ask('PUT', '/faults/duo', { mode: 'down' })
    expect(await patient.check(keys)).toEqual({ ok: true })
    expect(await patient.check({ ...keys, secretKey: 'x'.repeat(40) })).toMatchObject({ ok: false })
  })

  test('a bad answer serves nobody else, and a good one not for long', async () => {
    const brief = createDuo({ sandbox: host, timeoutMs: 1000, healthyFor: 20 })
    await sandbox.ask('PUT', '/faults/duo', { mode: 'down' })
    expect(await brief.check(keys)).toMatchObject({ ok: false, why: 'unavailable' })
    await sandbox.ask('DELETE', '/faults/duo')
    expect(await brief.check(keys)).toEqual({ ok: true })
    await sandbox.ask('PUT', '/faults/duo', { mode: 'down' })
    await vi.waitFor(async () => expect(await brief.check(keys)).toMatchObject({ why: 'unavailable' }))
  })
})

describe('the way there and back', () => {
  test('the browser goes to the sandbox’s pages, everything signed stays with the host', async () => {
    const prompt = await duo.promptUrl(keys, { username, state, redirectUrl })
    expect(prompt).toMatchObject({
      ok: true,
      url: expect.stringContaining(`${promptOrigin}/oauth/v1/authorize?`),
    })
  })

  test('an approved push is worth a proof, once', async () => {
    const query = await codeFor()
    expect(query.state).toBe(state)
    expect(await exchange(query.duo_code)).toMatchObject({ ok: true, status: 'allow', factor: 'duo_push' })
    expect(await exchange(query.duo_code)).toMatchObject({ ok: false, why: 'refused' })
  })

  test('a bypass is told as one', async () => {
    await sandbox.ask('PUT', '/duo/policy', { bypass: true })
    const prompt = await duo.promptUrl(keys, { username, state, redirectUrl })
    const { back } = await atDuo(sandbox, prompt.ok ? prompt.url : '')
    expect(await exchange(queryOf(back).duo_code)).toMatchObject({ ok: true, status: 'bypass' })
  })

  test.each([
    'denied',
    'other-user',
    'other-case',
    'wrong-issuer',
    'wrong-audience',
    'expired',
    'hs256',
    'unsigned',
  ])('A-50 Duo answers with mischief: %s is refused', async (mischief) => {
    const { duo_code } = await codeFor()
    await sandbox.ask('PUT', '/duo/policy', { mischief })
    expect(await exchange(duo_code)).toMatchObject({ ok: false, why: 'refused' })
  })

  test('A-50 nonsense is no proof', async () => {
    const { duo_code } = await codeFor()
    await sandbox.ask('PUT', '/duo/policy', { mischief: 'nonsense' })
    expect(await exchange(duo_code)).toMatchObject({
      ok: false,
      why: expect.stringMatching(/nonsense|unavailable/),
    })
  })

  test.each(['down', 'slow', 'error'])('a token address that is "%s" is no answer', async (mode) => {
    const { duo_code } = await codeFor()
    await sandbox.ask('PUT', '/faults/duo', { mode })
    expect(await exchange(duo_code)).toMatchObject({ ok: false, why: 'unavailable' })
  })

  test('another person’s code is refused', async () => {
    const { duo_code } = await codeFor()
    expect(await exchange(duo_code, 'ada@northwind.test')).toMatchObject({ ok: false, why: 'refused' })
  })
})
