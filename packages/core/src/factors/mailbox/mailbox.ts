import type { FactorName, PromptResponse } from '@countersign/contract'
import { minutes } from '../../clock.ts'
import { newToken, sameBytes } from '../../keys/tokens.ts'
import { asTyped, defineFactor, type FactorContext } from '../factor.ts'

/** What the person was about to enrol, taken up again when the mailbox was proven. */
export type Intent = { factor: FactorName; response: PromptResponse | null }

/** The code is not kept: it is the keyed hash of this nonce, under a key that is not in the database. */
type MailboxState = { nonce: string; address: string; intent: Intent | null; again: boolean }

const length = 8

/** The same question with another intent: a person may change their mind while the code is on its way. */
export const withIntent = (state: unknown, intent: Intent | null): unknown => ({
  ...(state as MailboxState),
  intent,
})

/** 8 digits of HMAC-SHA-256, as HOTP takes them (RFC 4226 §5.3), over 64 bits so that no digit is likelier. */
const codeOf = ({ keyedHash, person }: Pick<FactorContext, 'keyedHash' | 'person'>, nonce: string): string =>
  String(keyedHash('mailbox', `${person.id}\0${nonce}`).readBigUInt64BE() % 10n ** BigInt(length)).padStart(
    length,
    '0',
  )

/** `g••••@northwind.test`: the domain tells which mailbox, the rest is the person's to know. */
const maskAddress = (address: string): { masked: string; spoken: string } => {
  const at = address.lastIndexOf('@')
  const masked = `${address.slice(0, 1)}••••${address.slice(at)}`
  return { masked, spoken: `the address beginning with ${address.slice(0, 1)} at ${address.slice(at + 1)}` }
}

/** What to remember while the code is on its way. */
export const askingFor = (address: string, intent: Intent | null): MailboxState => ({
  nonce: newToken(),
  address,
  intent,
  again: false,
})

/**
 * A code mailed to the person's address: no factor, but the proof that a first factor is being enrolled by its
 * owner and not by whoever learned the password (attack A-30).
 */
export const mailbox = defineFactor<Intent | null, MailboxState>({
  name: 'mailbox',
  about: {
    label: 'Code by e-mail',
    choice: 'Code by e-mail',
    sentence: 'A code to your e-mail address.',
    icon: 'mail',
    strength: 1,
    amr: [],
    role: 'address',
    restricted: false,
    perPerson: 0,
    life: minutes(10),
  },
  enrol: async ({ person }) => ({
    ok: true,
    state: { nonce: newToken(), address: person.email, intent: null, again: false },
  }),
  challenge: async () => ({ ok: false, problem: 'wrong-step' }),
  prompt: (context, state) => ({
    kind: 'enter-code',
    title: state.intent ? 'Check your e-mail' : 'Enter the passcode from your e-mail',
    lead: state.intent
      ? 'Your company requires a second factor. Before you add your first one, we sent a code to'
      : 'Your second factor was reset. We mailed a temporary one-time passcode to',
    destination: maskAddress(state.address),
    alphabet: 'digits',
    length,
    sends: [{ channel: 'email', label: 'Email', availableIn: context.sendableIn('email') }],
    sameCode: state.again,
    expiresIn: context.expiresIn,
    triesLeft: context.triesLeft,
  }),
  verify: async (context, { state }, response) => {
    const typed = asTyped(response.code).replace(/\D/g, '')
    return sameBytes(Buffer.from(typed), Buffer.from(codeOf(context, state.nonce)))
      ? { kind: 'accepted', credential: state.intent }
      : { kind: 'wrong', problem: 'wrong-code' }
  },
  delivery: {
    destination: (state) => state.address,
    mailed: (context, state) => ({
      code: codeOf(context, state.nonce),
      template: state.intent ? 'mailbox-code' : 'temporary-passcode',
    }),
    send: async () => ({ ok: false, problem: 'wrong-step' }),
    sent: (state, _channel, again) => ({ ...state, again }),
  },
})
