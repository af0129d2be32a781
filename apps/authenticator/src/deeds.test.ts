import { expect, test } from 'vitest'
import { codeIn } from './deeds.ts'

const code = 'AAAAAAAAAAAAAAAAAAAAAA'

test.each([
  [`https://portal.test/authenticator/#pair=${code}`, code],
  [`https://evil.test/authenticator/#pair=${code}`, null],
  [`https://portal.test/login#pair=${code}`, null],
  [`https://portal.test/authenticator/#pair=${code}x`, null],
  ['otpauth://totp/x?secret=AAAA', null],
  ['garbage', null],
])('%s holds %s', (text, found) => {
  expect(codeIn(text)).toBe(found)
})
