import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSeal } from './seal.ts'

const key = (id: string) => ({ id, key: randomBytes(32) })
const k1 = key('k1')
const seal = createSeal([k1])
const binding = 'authenticators|credential|row|person'

describe('sealing (ASVS 11.3.2, 11.3.3)', () => {
  test('what was closed opens again, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(seal.open(seal.close(value, binding), binding)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('nothing of it can be read, and no two look alike', () => {
    const plain = { secret: 'JBSWY3DPEHPK3PXP' }
    const sealed = Array.from({ length: 1000 }, () => seal.close(plain, binding))
    expect(new Set(sealed.map((text) => text.split('.')[2])).size).toBe(1000)
    for (const text of sealed) expect(text).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]+$/)
    expect(Buffer.from(sealed[0]?.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('JBSW')
  })

  test('no bit of it can be changed', () => {
    const text = seal.close({ secret: 'JBSWY3DPEHPK3PXP' }, binding)
    const [version, id, iv = '', body = ''] = text.split('.')
    for (const part of [iv, body])
      for (let bit = 0; bit < Buffer.from(part, 'base64url').length * 8; bit++) {
        const bytes = Buffer.from(part, 'base64url')
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const changed = bytes.toString('base64url')
        const forged = part === iv ? [version, id, changed, body] : [version, id, iv, changed]
        expect(() => seal.open(forged.join('.'), binding)).toThrow()
      }
  })

  test.each([
    '',
    'v1',
    'v1.k1',
    'v1.k1..',
    'v1.k1.AAAA.',
    'v0.k1.AAAA.AAAA',
    '.....',
    'v1.__proto__.AAAA.AAAA',
  ])('the torn text "%s" does not open', (text) => {
    expect(() => seal.open(text, binding)).toThrow()
  })

  test('a cut tag does not open', () => {
    const [version, id, iv, body = ''] = seal.close('x', binding).split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.subarray(0, length).toString('base64url')
      expect(() => seal.open([version, id, iv, cut].join('.'), binding)).toThrow()
    }
  })

  test('it opens for what it was sealed for and nothing else', () => {
    const text = seal.close('x', binding)
    for (const other of [
      '',
      `${binding} `,
      'authenticators|credential|row|other',
      'challenges|state|row|person',
    ])
      expect(() => seal.open(text, other)).toThrow()
  })

  test('an unknown key, or another one under the same name, does not open', () => {
    const text = seal.close('x', binding)
    expect(() => createSeal([key('k2')]).open(text, binding)).toThrow('No key k1')
    expect(() => createSeal([key('k1')]).open(text, binding)).toThrow()
  })

  test('rotation: the new key seals, the old one still opens and is known to be old', () => {
    const old = seal.close('x', binding)
    const rotated = createSeal([key('k2'), k1])
    expect(rotated.open(old, binding)).toBe('x')
    expect(rotated.isStale(old)).toBe(true)
    const renewed = rotated.close('x', binding)
    expect(renewed).toMatch(/^v1\.k2\./)
    expect(rotated.isStale(renewed)).toBe(false)
  })

  test('without a key there is no seal', () => {
    expect(() => createSeal([])).toThrow('No sealing key')
  })
})
