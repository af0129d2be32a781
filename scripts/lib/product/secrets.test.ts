import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets } from './secrets.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'countersign-secrets-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('keys have the length their use asks for', () => {
  const secrets = loadSecrets(home)
  const bytes = (base64: string | undefined) => Buffer.from(base64 ?? '', 'base64').length
  expect(bytes(secrets.passwordPepper)).toBe(32)
  expect(bytes(secrets.tokenKey)).toBe(32)
  expect(secrets.sealingKeys).toMatch(/^k1:/)
  expect(bytes(secrets.sealingKeys.split(':')[1])).toBe(32)
  expect(secrets.twilioAccountSid).toMatch(/^AC[0-9a-f]{32}$/)
  expect(secrets.twilioVerifyServiceSid).toMatch(/^VA[0-9a-f]{32}$/)
})

test('they are the same at the next start, and nobody else may read them', () => {
  const first = loadSecrets(home)
  expect(loadSecrets(home)).toEqual(first)
  expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('no two secrets and no two installations are alike', () => {
  const other = mkdtempSync(join(tmpdir(), 'countersign-secrets-'))
  const all = [...Object.values(loadSecrets(home)), ...Object.values(loadSecrets(other))]
  rmSync(other, { recursive: true })
  expect(new Set(all).size).toBe(all.length)
})

test('a secret added by a later version is made, the others stay', () => {
  const { tokenKey, ...older } = loadSecrets(home)
  writeFileSync(join(home, 'secrets.json'), JSON.stringify(older))
  const secrets = loadSecrets(home)
  expect(secrets).toMatchObject(older)
  expect(secrets.tokenKey).not.toBe(tokenKey)
  expect(JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8'))).toEqual(secrets)
})

test('a database whose secrets are lost is not started with new ones', () => {
  mkdirSync(join(home, 'postgres'))
  writeFileSync(join(home, 'postgres', 'PG_VERSION'), '18\n')
  expect(() => loadSecrets(home)).toThrow('Delete')
})
