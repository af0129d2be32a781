import { describe, expect, test } from 'vitest'
import { findCountries } from './countries.ts'
import { formatAsTyped, readPhone } from './phone-text.ts'

describe('readPhone', () => {
  test.each([
    ['+44 7700 900123', 'US', 'GB', '07700 900123'],
    ['+447700900123', 'US', 'GB', '07700 900123'],
    ['00447700900123', 'US', 'GB', '07700 900123'],
    ['011 44 7700 900123', 'US', 'GB', '07700 900123'],
    ['07700 900123', 'GB', 'GB', '07700 900123'],
    ['+44 7700 900123', 'JE', 'JE', '07700 900123'],
    ['+1 613 555 0110', 'US', 'CA', '(613) 555-0110'],
    ['4155550102', 'US', 'US', '(415) 555-0102'],
    ['+351 912 345 678', 'US', 'PT', '912 345 678'],
  ] as const)('%s in a %s field is %s %s', (text, chosen, country, national) => {
    expect(readPhone(text, chosen)).toEqual({ country, national })
  })

  test.each(['call me', '+', '+999 12', ''])('leaves %j alone', (text) => {
    expect(readPhone(text, 'US')).toEqual({ country: 'US', national: text })
  })
})

test('formats while a number is typed, and leaves other text to the refusal', () => {
  expect(formatAsTyped('415555', 'US')).toBe('(415) 555')
  expect(formatAsTyped('415x', 'US')).toBe('415x')
})

describe('findCountries', () => {
  const names = (query: string) => findCountries(query, 'US').map(({ name }) => name)

  test('names that begin with the query come first, led by the chosen country', () => {
    expect(names('un').slice(0, 3)).toEqual(['United States', 'United Arab Emirates', 'United Kingdom'])
    expect(names('un')).toContain('Hungary')
  })

  test.each(['44', '+44', '0044'])('finds a calling code written as %s', (query) => {
    expect(names(query)).toContain('United Kingdom')
    expect(findCountries(query, 'US').every(({ callingCode }) => callingCode.startsWith('+44'))).toBe(true)
  })

  test('reads past accents and finds the ISO code', () => {
    expect(names('aland')[0]).toBe('Åland Islands')
    expect(names('nl')[0]).toBe('Netherlands')
  })
})
