import { z } from 'zod'
import type { Way } from './sign-in.ts'

/** A passcode on its way, as the admin who sent it sees it. */
export type PasscodeView = {
  id: string
  /** "g••••@northwind.test". */
  sentTo: string
  expiresAt: string
  /** sending: the mail server has not taken it yet, and it is tried again. */
  status: 'sending' | 'sent' | 'used' | 'over'
  /** The half to be read out over the phone, shown once; null unless the company splits passcodes. */
  secondHalf: string | null
}

/** Why a passcode cannot be sent to somebody; null when it can. */
export type PasscodeBar = 'client-account' | 'not-yourself' | 'deactivated' | 'needs-own-factor'

/** The bottom of Edit Employee. */
export type PersonRecoveryView = {
  sentTo: string
  bar: PasscodeBar | null
  minutes: number
  twoPart: boolean
  /** The newest passcode, while it lives. */
  passcode: Omit<PasscodeView, 'secondHalf'> | null
  phoneChange: PhoneChangeView | null
}

export type PhoneChangeView = {
  id: string
  person: { id: string; name: string }
  /** The new number, masked. */
  number: string
  askedAt: string
  /** When it takes effect unless somebody objects. */
  readyAt: string
}

/** "I don’t have access to my phone", during a sign-in. */
export type RecoveryOptions = {
  recoveryCode: Way | null
  passcode: Way | null
  /** Who can send a passcode; empty for client accounts. */
  admins: string[]
  /** Client accounts are helped by support only. */
  client: boolean
  /** Null where a new number would not help: nothing is enrolled, or the company uses Duo. */
  phoneChange: { hours: number; waiting: Omit<PhoneChangeView, 'person'> | null } | null
}

/** Three words both ends of a telephone call can compare. */
export type CallerCheckView = {
  id: string
  words: [string, string, string]
  /** The other end: for the admin the employee, for the employee the admin. */
  name: string
  company: string
  expiresAt: string
  reported: boolean
}

/** Company settings of recovery. */
export type RecoverySettings = {
  passcodeMinutes: number
  phoneChangeHours: number
  twoPartPasscodes: boolean
}

/** Who could lose a phone today and still work tomorrow. */
export type ReadinessView = {
  people: number
  secured: number
  /** Secured, and with another factor or an unused recovery code. */
  ready: number
  /** The first of those who are secured and not ready. */
  stuck: { id: string; name: string }[]
}

export const sendPasscodeSchema = z.object({ reason: z.string().trim().min(3).max(500) }).strict()
export const recoverySettingsSchema = z
  .object({
    passcodeMinutes: z.number().int().min(10).max(1440),
    phoneChangeHours: z.number().int().min(0).max(72),
    twoPartPasscodes: z.boolean(),
  })
  .strict()
