import { describe, expect, test } from 'vitest'
import { days, hours, minutes, seconds } from '../clock.ts'
import { isFresh } from './freshness.ts'
import { parameters } from './parameters.ts'

/** Limits that a configuration or a careless edit must never pass, with who sets them. */
test.each([
  ['password length, NIST §3.1.1.2', parameters.password.minLength, '>=', 15],
  ['longest password, ASVS 6.2.9', parameters.password.maxLength, '>=', 64],
  ['life of a sign-in attempt', parameters.attempt.life, '<=', minutes(10)],
  ['idle session, NIST §2.2.3', parameters.session.idle, '<=', hours(1)],
  ['idle session of a Security Admin, NIST §2.3.3', parameters.session.idleSecurityAdmin, '<=', minutes(15)],
  ['session, NIST §2.2.3', parameters.session.life, '<=', hours(12)],
  ['step-up', parameters.stepUp.life, '<=', minutes(5)],
  ['trusted network, PRODUCT 7', parameters.trust.life, '<=', days(21)],
  ['reminder, PRODUCT 2', parameters.remind.after, '<=', hours(48)],
  ['life of a sent code, ASVS 6.5.5', parameters.challenge.life, '<=', minutes(10)],
  ['tries of a challenge', parameters.challenge.tries, '<=', 5],
  ['guesses in 15 minutes', parameters.guesses.perWindow, '<=', 10],
  ['guesses in a day', parameters.guesses.perDay, '<=', 20],
  ['consecutive failures, NIST §3.2.2', parameters.guesses.consecutive, '<=', 100],
  ['shortest cool-down of texts, Twilio', Math.min(...parameters.sends.coolDowns), '>=', seconds(30)],
  ['sends in 10 minutes, Twilio 60203', parameters.sends.perTenMinutes, '<=', 5],
  ['reset link', parameters.resetLink.life, '<=', minutes(30)],
  ['invitation', parameters.invitation.life, '<=', days(7)],
  ['bits of a recovery code, NIST §3.1.2', parameters.recoveryCodes.characters * 5, '>=', 64],
] as const)('%s', (_what, value, relation, bound) => {
  if (relation === '<=') expect(value).toBeLessThanOrEqual(bound)
  else expect(value).toBeGreaterThanOrEqual(bound)
})

describe('freshness of a second-factor check', () => {
  const factorAt = new Date('2026-03-01T12:00:00Z')
  const at = (ms: number) => new Date(factorAt.getTime() + ms)

  test.each([
    ['just now', 2, factorAt, 0, true],
    ['five minutes ago', 2, factorAt, minutes(5), true],
    ['a moment longer ago', 2, factorAt, minutes(5) + 1, false],
    ['on a password-only session', 1, null, 0, false],
    ['without a time', 2, null, 0, false],
  ] as const)('%s', (_when, aal, checked, age, fresh) => {
    expect(isFresh({ aal, factorAt: checked }, at(age))).toBe(fresh)
  })
})
