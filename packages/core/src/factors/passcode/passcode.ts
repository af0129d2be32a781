import { minutes } from '../../clock.ts'
import { type KeyedHash, newReadable, normaliseReadable, sameBytes } from '../../keys/tokens.ts'
import { parameters } from '../../policy/parameters.ts'
import { asTyped, defineFactor } from '../factor.ts'

/** Keyed hash of the one passcode; the passcode itself is in the mail only. */
export type PasscodeCredential = { hash: string }

const { characters } = parameters.passcode

const hash = (keyedHash: KeyedHash, personId: string, code: string) =>
  keyedHash('passcode', personId + code).toString('base64url')

/** A fresh passcode, as it is printed (`K7PD2-9XWQM`), and what is kept of it. */
export const newPasscode = (
  keyedHash: KeyedHash,
  personId: string,
): { halves: [string, string]; credential: PasscodeCredential } => {
  const code = newReadable(characters)
  const printed = code.toUpperCase()
  return {
    halves: [printed.slice(0, characters / 2), printed.slice(characters / 2)],
    credential: { hash: hash(keyedHash, personId, code) },
  }
}

/**
 * An issued recovery code (NIST SP 800-63B §4.2.1.2): mailed because an administrator asked for it, good once,
 * and with the password for nothing but binding a new factor.
 */
export const passcode = defineFactor<PasscodeCredential, null>({
  name: 'passcode',
  about: {
    label: 'One-time passcode',
    choice: 'One-time passcode',
    sentence: 'The passcode your Security Admin had mailed to you.',
    icon: 'mail',
    strength: 1,
    amr: ['recovery'],
    role: 'lent',
    restricted: false,
    perPerson: 1,
    life: minutes(10),
  },
  // Nobody enrols one: it is lent by an administrator.
  enrol: async () => ({ ok: false, problem: 'not-allowed' }),
  challenge: async () => ({ ok: true, state: null }),
  prompt: (context) => ({
    kind: 'enter-code',
    title: 'Enter the one-time passcode',
    lead: 'Type the passcode from the e-mail your Security Admin had sent to you.',
    destination: null,
    alphabet: 'passcode',
    length: characters,
    sends: [],
    sameCode: false,
    expiresIn: context.expiresIn,
    triesLeft: context.triesLeft,
  }),
  verify: async (context, { credential }, response) => {
    const typed = hash(context.keyedHash, context.person.id, normaliseReadable(asTyped(response.code)))
    return credential && sameBytes(Buffer.from(credential.hash), Buffer.from(typed))
      ? { kind: 'accepted', credential }
      : { kind: 'wrong', problem: 'wrong-code' }
  },
})
