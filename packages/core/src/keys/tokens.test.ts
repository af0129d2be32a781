import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createKeyedHash,
  hashToken,
  newDigits,
  newReadable,
  newToken,
  normaliseReadable,
  sameBytes,
} from './tokens.ts'

describe('tokens (ASVS 7.2.3)', () => {
  test('32 random bytes, base64url, never twice', () => {
    const tokens = Array.from({ length: 10_000 }, newToken)
    expect(new Set(tokens).size).toBe(10_000)
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
  })

  test('only their SHA-256 is kept', () => {
    expect(hashToken('abc')).toEqual(createHash('sha256').update('abc').digest())
  })
})

describe('codes for people', () => {
  test('digits keep their leading zeros and use all ten evenly', () => {
    const digits = newDigits(20_000)
    expect(digits).toMatch(/^\d{20000}$/)
    for (let digit = 0; digit < 10; digit++) {
      const share = digits.split(String(digit)).length - 1
      expect(share).toBeGreaterThan(1700)
      expect(share).toBeLessThan(2300)
    }
  })

  test('readable codes use 32 characters evenly, none of which is misread', () => {
    const text = newReadable(64_000)
    expect(text).not.toMatch(/[^0-9a-z]|[ilou]/)
    expect(new Set(text).size).toBe(32)
  })

  test('what a person made of one is read as meant', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }), (shout) => {
        const code = newReadable(16)
        const typed = [...code]
          .map((character, at) => {
            const alike = { 0: 'o', 1: 'l' }[character] ?? character
            return (shout[at] ? alike.toUpperCase() : alike) + (at % 4 === 3 ? ' - ' : '')
          })
          .join('')
        expect(normaliseReadable(typed)).toBe(code)
      }),
    )
  })
})

describe('keyed hashes', () => {
  const keyed = createKeyedHash(randomBytes(32))

  test('differ by key, by purpose and by text, and a purpose cannot run into the text', () => {
    expect(keyed('a', 'b')).toEqual(keyed('a', 'b'))
    expect(keyed('a', 'b')).not.toEqual(keyed('a', 'c'))
    expect(keyed('a', 'b')).not.toEqual(keyed('c', 'b'))
    expect(keyed('ab', 'c')).not.toEqual(keyed('a', 'bc'))
    expect(keyed('a', 'b')).not.toEqual(createKeyedHash(randomBytes(32))('a', 'b'))
  })

  test('bytes of other lengths are unequal, not an error', () => {
    expect(sameBytes(Buffer.from('a'), Buffer.from('a'))).toBe(true)
    expect(sameBytes(Buffer.from('a'), Buffer.from('b'))).toBe(false)
    expect(sameBytes(Buffer.from('a'), Buffer.from('ab'))).toBe(false)
    expect(sameBytes(Buffer.alloc(0), Buffer.from('ab'))).toBe(false)
  })
})
