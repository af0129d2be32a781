import { z } from 'zod'
import { line } from './text.ts'

const base64url = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(/^[\w-]+$/)

/** A device answers a pairing code. */
export const pairSchema = z
  .object({
    /** 128 random bits. */
    code: base64url(22, 22),
    /** P-256, SPKI DER. */
    publicKey: base64url(80, 200),
    /** What tokens are made of: 20 random bytes of the device. */
    secret: base64url(27, 27),
    name: line(80),
    /** Signature over `pairingText`, IEEE P1363. */
    signature: base64url(86, 86),
  })
  .strict()
export type PairRequest = z.infer<typeof pairSchema>

export const answerSchema = z
  .object({
    decision: z.enum(['approve', 'deny', 'disown']),
    /** The number typed; empty unless approving. */
    number: z.string().regex(/^\d{0,6}$/),
    /** Signature over `decisionText`, IEEE P1363. */
    signature: base64url(86, 86),
  })
  .strict()
export type AnswerRequest = z.infer<typeof answerSchema>

export const unlinkSchema = z.object({ at: z.iso.datetime(), signature: base64url(86, 86) }).strict()

/** What PushManager.subscribe() answers, as far as we use it. */
export const subscriptionSchema = z
  .object({
    endpoint: z.url().max(1024),
    keys: z.object({ p256dh: base64url(80, 100), auth: base64url(20, 30) }).strict(),
  })
  .strict()
export type Subscription = z.infer<typeof subscriptionSchema>

/** One account in the app. */
export type PairedAccount = {
  authenticatorId: string
  email: string
  person: string
  company: string | null
  /** False until the browser that showed the code has gone on. */
  confirmed: boolean
}

/** The answer to a pairing: the account, and a token for reading its requests. Deeds are signed. */
export type Pairing = { account: PairedAccount; deviceToken: string; now: string; vapidKey: string | null }

/** A sign-in that waits for an answer. */
export type PushRequestView = {
  id: string
  authenticatorId: string
  purpose: 'sign-in' | 'step-up'
  person: string
  company: string | null
  browser: string
  address: string
  at: string
  expiresAt: string
}

/** What an app sees of its accounts; one that is missing from `accounts` was unlinked. */
export type Inbox = {
  now: string
  vapidKey: string | null
  accounts: PairedAccount[]
  requests: PushRequestView[]
}
