import { expect, test } from 'vitest'
import { findCode } from './find-code.ts'

test.each([
  ['Your code:\r\n\r\n407912\r\n\r\nIt works for 10 minutes.', '407912'],
  ['Your code:\n\n  407 912  \n', '407912'],
  ['One-time passcode\n\nK7PD2-9XWQM\n', 'K7PD29XWQM'],
  ['Letters only happens too:\n\nKXPDQ-RXWQM\n', 'KXPDQRXWQM'],
  ['Eight digits\n1234-5678', '12345678'],
])('finds the code of a line in %j', (text, code) => {
  expect(findCode(text)).toBe(code)
})

test.each([
  ['Your code is 407912.'],
  ['SECURED\nNORTHWIND'],
  ['SIGN-IN\nYOUR CODE'],
  ['2026-11-22'],
  ['415 555 0102'],
  ['12345'],
  ['12345678901'],
  [''],
  [null],
])('finds none in %j', (text) => {
  expect(findCode(text)).toBeNull()
})
