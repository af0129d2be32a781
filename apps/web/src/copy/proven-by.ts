import type { Amr } from '@countersign/contract/sign-in'

/** RFC 8176 values in words, strongest first. */
const words: readonly (readonly [Amr, string])[] = [
  ['hwk', 'passkey'],
  ['user', 'passkey'],
  ['push', 'push approval'],
  ['duo', 'Duo'],
  ['otp', 'authenticator app'],
  ['sms', 'text message'],
  ['tel', 'phone call'],
  ['recovery', 'recovery code'],
]

/** What a session was proven by besides the password. */
export const provenBy = (amr: readonly Amr[]): string => {
  const found = words.filter(([value]) => amr.includes(value)).map(([, word]) => word)
  return found.length > 0 ? [...new Set(found)].join(', ') : 'password only'
}
