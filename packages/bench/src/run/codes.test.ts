import { expect, test } from 'vitest'
import { codeAt } from './codes.ts'

// The standard prints eight digits; six are the last of them.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [20_000_000_000, '353130'],
])('RFC 6238 appendix B at %i s', (seconds, code) => {
  expect(codeAt(Buffer.from('12345678901234567890'), Math.floor(seconds / 30))).toBe(code)
})
