import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCanadian, maskNumber, parseNumber, unsuitableKind } from './number.ts'

describe('what people type', () => {
  test.each([
    ['+44 7700 900123', undefined, '+447700900123'],
    ['00447700900123', undefined, '+447700900123'],
    ['00447700900123', 'US', '+447700900123'],
    ['07700 900123', 'GB', '+447700900123'],
    ['+44 (0)7700 900123', 'GB', '+447700900123'],
    ['(415) 555-0102', 'US', '+14155550102'],
    ['415.555.0102', 'us', '+14155550102'],
    ['1 415 555 0102', 'US', '+14155550102'],
    ['  +1-415-555-0102  ', 'GB', '+14155550102'],
    ['613 555 0110', 'CA', '+16135550110'],
    ['030 901820', 'DE', '+4930901820'],
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['+33 6 12 34 56 78', 'US', '+33612345678'],
    ['09 1234 5678', 'GB', '+44912345678'],
    ['０７７００ ９００１２３', 'GB', '+447700900123'],
    ['٠٧٧٠٠ ٩٠٠١٢٣', 'GB', '+447700900123'],
  ])('%s with %s is %s', (typed, country, e164) => {
    expect(parseNumber(typed, country)?.e164).toBe(e164)
  })

  test.each([
    ['', undefined],
    ['   ', 'US'],
    ['07700 900123', undefined],
    ['+', undefined],
    ['00', 'US'],
    ['+999 123 456 789', undefined],
    ['12', 'US'],
    ['+1 415 555 01', undefined],
    ['+1 415 555 0102 0000 0000', undefined],
    ['not a number', 'US'],
    ['<script>', 'US'],
    ['grace@northwind.test', 'US'],
    ['07700 900123', 'ZZ'],
    ['07700 900123', '__proto__'],
    ['9'.repeat(10_000), 'US'],
  ])('%s with %s is no number', (typed, country) => {
    expect(parseNumber(typed, country)).toBeNull()
  })

  test('never throws, and what it finds is E.164', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ maxLength: 3 }), (typed, country) => {
        const e164 = parseNumber(typed, country)?.e164
        expect(e164 ?? '+1234567').toMatch(/^\+[1-9]\d{4,16}$/)
      }),
    )
  })

  test('reading a number again changes nothing', () => {
    for (const e164 of ['+447700900123', '+14155550102', '+390612345678'])
      expect(parseNumber(e164, 'JP')?.e164).toBe(e164)
  })
})

test('Canada is told from the United States', () => {
  const canadian = (typed: string) => {
    const number = parseNumber(typed)
    return number ? isCanadian(number) : null
  }
  expect(canadian('+16135550110')).toBe(true)
  expect(canadian('+14165550110')).toBe(true)
  expect(canadian('+14155550102')).toBe(false)
})

test('kinds that cannot take a code are known without asking anybody', () => {
  for (const type of ['PREMIUM_RATE', 'SHARED_COST', 'TOLL_FREE', 'PAGER', 'VOICEMAIL', 'UAN'])
    expect(unsuitableKind(type)).not.toBeNull()
  for (const type of ['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE', undefined])
    expect(unsuitableKind(type)).toBeNull()
})

describe('masking', () => {
  test.each([
    ['+14155550102', '+1 ••• ••• ••02'],
    ['+447700900123', '+44 •••• ••••23'],
  ])('%s is shown as %s', (e164, masked) => {
    expect(maskNumber(e164).masked).toBe(masked)
    expect(maskNumber(e164).spoken).toBe(`ending in ${e164.slice(-2)}`)
  })

  test('never shows more than the country and the last two digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[2-9]\d{9}$/), (national) => {
        const shown = maskNumber(`+1${national}`).masked.replace(/^\+1?/, '').replace(/[^\d]/g, '')
        expect(shown.length).toBeLessThanOrEqual(2)
      }),
    )
  })
})
