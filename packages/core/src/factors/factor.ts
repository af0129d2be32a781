import type {
  Amr,
  Channel,
  FactorName,
  Icon,
  ProblemCode,
  ProblemExtra,
  Prompt,
  PromptResponse,
  Strength,
} from '@countersign/contract'
import type { DuoConnection } from '../gateways/duo/duo.ts'
import type { Gateways } from '../gateways/gateways.ts'
import type { KeyedHash } from '../keys/tokens.ts'

/**
 * The seam. A factor is a folder with one of these; it knows its own protocol and nothing of tables, sessions,
 * other factors or pages. Enrolment is a challenge against a pending authenticator, so three verbs are enough.
 */
export type Factor<Credential, State> = {
  name: FactorName
  about: FactorDescription
  /** Begins to bind a new authenticator; the credential exists once a response was accepted. */
  enrol: (context: FactorContext) => Promise<Opened<State>>
  /** Begins a check of a bound authenticator. */
  challenge: (context: FactorContext, credential: Credential) => Promise<Opened<State>>
  /** What to show for an open challenge; called on every read, so it must not change anything. */
  prompt: (context: PromptContext, state: State) => Prompt
  /** Judges a response. Never throws for bad input; throws only for faults of ours. */
  verify: (
    context: FactorContext,
    asked: Asked<Credential, State>,
    response: PromptResponse,
  ) => Promise<Verdict<Credential, State>>
  /** Only factors that send something: how, where to, and what that makes of the state. */
  delivery?: Delivery<State>
  /** Only factors that leave for another site: whether the browser that came back is of this visit. */
  recognises?: (state: State, callback: Record<string, string>) => boolean
  /** What a bound authenticator tells about itself on lists: how many codes are left, for example. */
  facts?: (credential: Credential) => Record<string, string | number>
  /** Whether it has to see the person's other credentials of its kind, to keep them apart. */
  knowsOthers?: boolean
  /** Only factors that are two in one, so that a sign-in may begin and end with them. */
  alone?: Alone<Credential, State>
}

/** A sign-in without a password before it: nobody is known yet, so the response says who it is of. */
export type Alone<Credential, State> = {
  open: (context: Pick<FactorContext, 'origin'>) => Promise<State>
  /** Person the response names; believed only once `verify` accepted it. Null for garbage. */
  claimant: (response: PromptResponse) => string | null
  /** Whether a response was made with this credential. */
  isFrom: (credential: Credential, response: PromptResponse) => boolean
}

export type FactorDescription = {
  /** On lists: "Authenticator app". */
  label: string
  /** On the choice of methods: "Third Party Authenticator App". */
  choice: string
  /** One sentence for the choice. */
  sentence: string
  icon: Icon
  strength: Strength
  amr: Amr[]
  /**
   * How it counts: a second factor; a way back in beside one; one that only a company can bring; one that is
   * lent for a time and good for nothing but enrolling anew; or a proof of the address.
   */
  role: 'second-factor' | 'recovery' | 'company' | 'lent' | 'address'
  /** NIST SP 800-63B §3.2.9: a notice and an alternative are owed. */
  restricted: boolean
  /** How many a person may hold. */
  perPerson: number
  /** Life of a challenge, ms. */
  life: number
  /** Guesses that a challenge takes; the usual number where it does not say. */
  tries?: number
}

export type FactorContext = {
  now: Date
  person: { id: string; name: string; email: string }
  /** The company whose door it is; null for a person of several. */
  company: { id: string; name: string } | null
  /** Public address of the portal, without a trailing slash. */
  origin: string
  gateways: Gateways
  /** The company’s connection to Duo, with its keys; null where it has none. */
  duo: () => Promise<DuoConnection | null>
  keyedHash: KeyedHash
  /** The authenticator that is bound or asked. */
  authenticatorId: string
  /** What the person holds of this factor besides it, as credentials; only where the factor `knowsOthers`. */
  others: unknown[]
  /** Whose question it is: a sign-in attempt or a session. */
  owner: { kind: 'attempt' | 'session'; id: string }
  /** Where the request came from; the browser in words, "Firefox on macOS". */
  from: { address: string; browser: string }
}

export type PromptContext = {
  now: Date
  origin: string
  triesLeft: number
  /** Seconds until the challenge is over. */
  expiresIn: number
  /** Seconds until each channel may be used (again). */
  sendableIn: (channel: SendChannel) => number
}

export type Refused = { ok: false; problem: ProblemCode; extra?: ProblemExtra }

/** `send`: a code is due over this channel before the prompt makes sense; its budget is counted first. */
export type Opened<State> = { ok: true; state: State; send?: SendChannel } | Refused

export type SendChannel = Channel | 'email'

export type Delivery<State> = {
  /** Number or address; null while it is not known yet. */
  destination: (state: State) => string | null
  /** Sends over the outside service; a code that is still valid is sent again, not replaced. */
  send: (context: FactorContext, state: State, channel: SendChannel) => Promise<{ ok: true } | Refused>
  /** Only over e-mail: the code to print. The mail itself is written and queued by whoever delivers. */
  mailed?: (context: FactorContext, state: State) => MailedCode
  /** The state once a code is on its way. Pure. */
  sent: (state: State, channel: SendChannel, again: boolean) => State
}

/** A code, and the letter it is printed in. */
export type MailedCode = { code: string; template: 'mailbox-code' | 'temporary-passcode' }

export type WrongProblem =
  | 'wrong-code'
  | 'code-used'
  | 'code-expired'
  | 'duo-refused'
  | 'duo-bypassed'
  | 'passkey-refused'

export type Asked<Credential, State> = { credential: Credential | null; state: State }

export type Verdict<Credential, State> =
  /** Right. The credential to keep, and at enrolment what to call it. */
  | { kind: 'accepted'; credential: Credential; name?: string; amr?: Amr[]; detail?: Record<string, string> }
  /** Not asked: the outside let the person pass by a rule of its own. It proves nothing. */
  | { kind: 'waived'; problem: WrongProblem; detail: Record<string, string> }
  /** Not finished: another step of the same challenge. Counts as no guess. */
  | { kind: 'next'; state: State; send?: SendChannel }
  /** Nothing has happened yet (a waiting browser asked). Counts as no guess. */
  | { kind: 'waiting' }
  /** A guess that was wrong, stale or a replay; counted. */
  | { kind: 'wrong'; problem: WrongProblem; detail?: Record<string, string> }
  /** The authenticator itself is not to be trusted any more: it is locked, and the person told. */
  | { kind: 'compromised'; problem: WrongProblem }
  /** Input that cannot be used, with the reason; counts as no guess. */
  | { kind: 'unusable'; problem: ProblemCode; extra?: ProblemExtra }
  /** The outside did not answer; the try is given back. */
  | { kind: 'unavailable'; problem: ProblemCode; detail?: Record<string, string> }

/** A factor with its types erased, as the registry and the use cases hold it; values come back from the seal. */
export type AnyFactor = Factor<unknown, unknown>

/** What somebody typed, whatever it was they sent: anything but a string is nothing. */
export const asTyped = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Erases the types; sound because a factor only ever meets credentials and states it produced itself. */
export const defineFactor = <Credential, State>(factor: Factor<Credential, State>): AnyFactor =>
  factor as unknown as AnyFactor
