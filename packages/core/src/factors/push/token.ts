import { createHmac } from 'node:crypto'
import { counterBytes, tokenCounter, tokenDigits } from '@countersign/contract'
import { sameBytes } from '../../keys/tokens.ts'

/** The token of a period: HOTP (RFC 4226) over HMAC-SHA-256, counted in 20-second periods (RFC 6238). */
export const tokenAt = (secret: string, counter: number): string =>
  tokenDigits(createHmac('sha256', Buffer.from(secret, 'base64url')).update(counterBytes(counter)).digest())

/**
 * The period a typed token is of, among the present one and the one before: typing takes a while, and the app
 * keeps to our clock. Null when it is of neither.
 */
export const periodOf = (secret: string, typed: string, now: Date): number | null => {
  const present = tokenCounter(now.getTime())
  // Both are computed whatever the first says, so that the time tells nothing.
  const matches = [present, present - 1].filter((counter) =>
    sameBytes(Buffer.from(tokenAt(secret, counter)), Buffer.from(typed)),
  )
  return matches[0] ?? null
}
