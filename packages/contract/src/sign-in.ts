import { z } from 'zod'
import type { Prompt } from './prompt.ts'

/** RFC 8176 values we use; `pwd otp sms tel hwk swk user mfa`, and our own `push`, `duo`, `recovery`. */
export type Amr = 'pwd' | 'otp' | 'sms' | 'tel' | 'hwk' | 'user' | 'push' | 'duo' | 'recovery' | 'mfa'

/** Names of factors. Adding one is a line here and one in the registry. */
export const factorNames = [
  'phone',
  'totp',
  'push',
  'duo',
  'webauthn',
  'recovery-codes',
  'passcode',
  'mailbox',
] as const
export type FactorName = (typeof factorNames)[number]

/** The factor whose codes any authenticator app makes, so a test too. */
export const appFactor = 'totp' satisfies FactorName

/** Those that stand beside or in for a second factor and are none. */
export const notSecondFactors = ['recovery-codes', 'passcode', 'mailbox'] as const satisfies FactorName[]

/** 3 phishing-resistant, 2 strong, 1 basic (restricted: SMS and voice, NIST SP 800-63B §3.2.9). */
export type Strength = 1 | 2 | 3

/** One way to prove oneself, as the challenge lists it. */
export type Way = {
  authenticatorId: string
  factor: FactorName
  /** "Text or call", "Authenticator app" … */
  label: string
  /** The person's own name for it, or a masked number. */
  name: string
  icon: Icon
  strength: Strength
}

/** One factor that may be enrolled, as the choice lists it. */
export type Offer = {
  factor: FactorName
  label: string
  sentence: string
  icon: Icon
  strength: Strength
}

export type Icon = 'passkey' | 'authenticator' | 'app' | 'phone' | 'recovery' | 'duo' | 'mail'

/** Every rule that can decide a sign-in. */
export const reasonRules = [
  'has-factor',
  'company-requires',
  'other-company-requires',
  'policy-unreadable',
  'no-factor',
  'reminded-later',
  'trusted-network',
  'trust-expired',
  'other-network',
  'client-account',
  'duo',
  'duo-not-for-several-companies',
  'factor-reset',
  'factor-locked',
  'application-asks',
  'not-a-member',
] as const

/** The rule that decided, with its numbers; the SPA and the audit make sentences of it. */
export type Reason = {
  rule: (typeof reasonRules)[number]
  company?: string | undefined
  network?: string | undefined
  /** Whole days since the last check on this network. */
  days?: number | undefined
  /** ISO date-time of the reminder or of the requirement. */
  at?: string | undefined
}

export type ChallengeView = {
  id: string
  purpose: 'sign-in' | 'enrol' | 'step-up' | 'phone-change'
  prompt: Prompt
  factor: FactorName
}

/** Where a sign-in stands and what it asks next. */
export type SignInView = {
  person: { name: string; email: string }
  company: string | null
  reason: Reason | null
  expiresAt: string
  step:
    | { kind: 'choose-company'; companies: { id: string; name: string }[] }
    | { kind: 'prove'; ways: Way[] }
    | { kind: 'enrol'; offers: Offer[]; requiredBy: string | null; remindable: boolean }
    | { kind: 'confirm-email'; masked: string }
    /** The factor that the company brings is bound now, by a challenge to it. */
    | { kind: 'bind'; factor: FactorName; label: string }
    | { kind: 'set-password' }
    | { kind: 'save-codes'; challengeId: string }
}

/** The answer to every request of a sign-in: a further step, or the end. */
export type SignInResult = { done: false; signIn: SignInView } | { done: true }

/** The answer to a verified response, whatever it was for. */
export type VerifyResult =
  | { outcome: 'next'; challenge: ChallengeView }
  | { outcome: 'waiting'; challenge: ChallengeView }
  | { outcome: 'signed-in' }
  | { outcome: 'step'; signIn: SignInView }
  | { outcome: 'enrolled'; authenticatorId: string; next: ChallengeView | null }
  | { outcome: 'stepped-up' }
  /** A new number was proven and waits, since nothing else of the account was. */
  | { outcome: 'phone-change'; readyAt: string }

export const passwordSignInSchema = z
  .object({ email: z.string().max(320), password: z.string().max(1024) })
  .strict()
/** A passkey's answer, when it is the whole sign-in. */
export const passkeySignInSchema = z.object({ credential: z.record(z.string(), z.unknown()) }).strict()
export const chooseCompanySchema = z.object({ companyId: z.uuid() }).strict()
export const startChallengeSchema = z.object({ authenticatorId: z.uuid() }).strict()
export const startEnrolmentSchema = z.object({ factor: z.enum(factorNames) }).strict()
export const resendSchema = z.object({ channel: z.enum(['sms', 'call', 'email']) }).strict()
