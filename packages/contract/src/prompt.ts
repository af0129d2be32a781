import { z } from 'zod'
import { line } from './text.ts'

/**
 * What a person is shown, as data. Factors choose a kind and fill it; the SPA renders kinds and knows no factor.
 * Closed: a new factor has to get by with these, or a kind is added for all.
 */
export type Prompt =
  | ScanQrPrompt
  | EnterCodePrompt
  | EnterPhonePrompt
  | ApproveElsewherePrompt
  | RedirectPrompt
  | UseSecurityKeyPrompt
  | SaveCodesPrompt

/** A QR code with the same address as a link and its key as text, then optionally a code that proves the scan. */
export type ScanQrPrompt = {
  kind: 'scan-qr'
  /** What the QR code holds: an `otpauth:` URI or a pairing address. */
  uri: string
  /** Label of the link for the same device, e.g. "Open on this device". */
  linkLabel: string
  /** The key in groups of four, to type by hand; null where there is none. */
  key: string | null
  title: string
  steps: string[]
  /** Digits of the confirming code; null when the other device confirms by itself. */
  codeLength: number | null
  /** A number to be typed on the other device; null when none. */
  number: string | null
}

export type Channel = 'sms' | 'call'

export type EnterCodePrompt = {
  kind: 'enter-code'
  title: string
  /** Where the code is: "We sent a text message to +1 ••• ••• ••02". */
  lead: string
  /** Spoken form of a masked destination, for screen readers. */
  destination: { masked: string; spoken: string } | null
  alphabet: 'digits' | 'recovery' | 'passcode'
  length: number
  /** Ways to send (again), and in how many seconds each may be used; empty where nothing is sent. */
  sends: { channel: Channel | 'email'; label: string; availableIn: number }[]
  /** True after a send that repeated the code that is still valid. */
  sameCode: boolean
  /** Seconds the code is still good for, as of this answer: the clocks of two machines differ. */
  expiresIn: number | null
  triesLeft: number
}

export type EnterPhonePrompt = {
  kind: 'enter-phone'
  /** Why the dialog came back: what we know of the number's line. Null at first. */
  guidance: 'not-mobile' | 'unknown' | null
  /** The number typed before, E.164, so that nothing is lost. */
  number: string | null
  /** Buttons to offer: a text, a call, or both. */
  channels: Channel[]
}

export type ApproveElsewherePrompt = {
  kind: 'approve-elsewhere'
  title: string
  lead: string
  /** Six digits to type on the other device. */
  number: string
  /** Seconds left, as of this answer. */
  expiresIn: number
  status: 'waiting' | 'approved' | 'denied' | 'expired'
  /** Digits of a code the other device shows and that will do instead; null when it shows none. */
  codeLength: number | null
}

/** Leave for another site by a script-driven, full-page navigation. */
export type RedirectPrompt = { kind: 'redirect'; title: string; lead: string; url: string }

export type UseSecurityKeyPrompt = {
  kind: 'use-security-key'
  mode: 'create' | 'get'
  title: string
  lead: string
  /** Options for navigator.credentials, as the WebAuthn JSON form. */
  options: Record<string, unknown>
}

/** Shown once; `responseSchema.saved` goes on. */
export type SaveCodesPrompt = { kind: 'save-codes'; codes: string[]; madeAt: string }

const text = (max: number) => z.string().max(max)

/** What a person answers. Factors read the part they asked for and treat anything else as a wrong answer. */
export const responseSchema = z
  .object({
    code: text(64).optional(),
    phone: text(64).optional(),
    country: z.string().length(2).optional(),
    channel: z.enum(['sms', 'call']).optional(),
    saved: z.boolean().optional(),
    credential: z.record(z.string(), z.unknown()).optional(),
    /** Query of a callback that came back from another site. */
    callback: z.record(z.string(), text(4096)).optional(),
    /** "Is it approved yet?", asked by a browser that waits. */
    waiting: z.boolean().optional(),
    /** What the person calls this authenticator, at enrolment. */
    name: line(80).or(z.string().trim().length(0)).optional(),
  })
  .strict()
export type PromptResponse = z.infer<typeof responseSchema>
