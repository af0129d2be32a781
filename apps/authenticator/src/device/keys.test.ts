// @vitest-environment node
import { pairingText } from '@countersign/contract/signed'
import { expect, test } from 'vitest'
import { makeKeys, signText, tokenAt } from './keys.ts'

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))

test('the private key and the secret cannot be read, the public key can', async () => {
  const { privateKey, tokenKey, publicKey, secret } = await makeKeys()
  await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow()
  await expect(crypto.subtle.exportKey('raw', tokenKey)).rejects.toThrow()
  expect(publicKey).toMatch(/^[\w-]{80,200}$/)
  expect(bytes(secret)).toHaveLength(20)
})

test('a signature holds for its text under the public key', async () => {
  const { privateKey, publicKey } = await makeKeys()
  const text = pairingText('https://portal.test', 'code')
  const signature = bytes(await signText(privateKey, text))
  const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('spki', bytes(publicKey), ecdsa, false, ['verify'])
  const holds = (what: string) => crypto.subtle.verify(ecdsa, key, signature, new TextEncoder().encode(what))
  expect(await holds(text)).toBe(true)
  expect(await holds(`${text}.`)).toBe(false)
})

test('tokens are those of RFC 6238 with SHA-256, a period of 20 seconds and six digits', async () => {
  // RFC 6238 Appendix B: at 59 s of 30-second periods the counter is 1, which here is the second period.
  const seed = Uint8Array.from(Buffer.from('12345678901234567890123456789012'))
  const key = await crypto.subtle.importKey('raw', seed, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  expect(await tokenAt(key, 20_000)).toBe('119246')
  expect(await tokenAt(key, 39_999)).toBe('119246')
  expect(await tokenAt(key, 40_000)).not.toBe('119246')
})
