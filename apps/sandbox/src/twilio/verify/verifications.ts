import { randomInt } from 'node:crypto'
import type { Clock } from '../../control/clock/clock.ts'
import { newSid } from '../sid.ts'

export type SendChannel = 'sms' | 'call'

export type Verification = {
  sid: string
  to: string
  channel: SendChannel
  code: string
  status: 'pending' | 'approved' | 'canceled' | 'max_attempts_reached'
  checks: number
  sends: { sid: string; channel: SendChannel; time: Date }[]
  createdAt: Date
  updatedAt: Date
}

/** Twilio's published limits: ten minutes, five checks, five sends. */
const lifetimeMs = 10 * 60_000
const maxChecks = 5
const maxSends = 5

export type Refusal = 60202 | 60203
export type Verifications = ReturnType<typeof createVerifications>

/**
 * The verifications in flight, at most one for each number. One that was approved, cancelled or has expired is
 * gone, and a check finds nothing; one that ran out of checks stays in the way until it expires.
 */
export function createVerifications(clock: Clock) {
  const byNumber = new Map<string, Verification>()

  function find(sidOrTo: string): Verification | undefined {
    const found = byNumber.get(sidOrTo) ?? [...byNumber.values()].find((v) => v.sid === sidOrTo)
    if (!found) return undefined
    if (clock.now().getTime() - found.createdAt.getTime() < lifetimeMs) return found
    byNumber.delete(found.to)
    return undefined
  }

  function create(to: string, channel: SendChannel): Verification {
    const now = clock.now()
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const opened = { createdAt: now, updatedAt: now, checks: 0, sends: [] }
    const verification: Verification = { sid: newSid('VE'), to, channel, code, status: 'pending', ...opened }
    byNumber.set(to, verification)
    return verification
  }

  function settle(verification: Verification, status: Verification['status']) {
    verification.status = status
    verification.updatedAt = clock.now()
    if (status !== 'max_attempts_reached') byNumber.delete(verification.to)
    return verification
  }

  return {
    find,
    /** Opens a verification, or sends the same code of the open one again. */
    send: (to: string, channel: SendChannel): Verification | Refusal => {
      const verification = find(to) ?? create(to, channel)
      if (verification.status === 'max_attempts_reached') return 60202
      if (verification.sends.length >= maxSends) return 60203
      verification.channel = channel
      verification.updatedAt = clock.now()
      verification.sends.push({ sid: newSid('VL'), channel, time: clock.now() })
      return verification
    },
    /** A wrong code is no error: the verification stays pending. */
    check: (verification: Verification, code: string): Verification | Refusal => {
      if (verification.checks >= maxChecks) {
        settle(verification, 'max_attempts_reached')
        return 60202
      }
      verification.checks += 1
      return verification.code === code ? settle(verification, 'approved') : verification
    },
    update: settle,
    clear: () => byNumber.clear(),
  }
}
