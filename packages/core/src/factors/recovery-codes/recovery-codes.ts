import { minutes } from '../../clock.ts'
import { newReadable, normaliseReadable, sameBytes } from '../../keys/tokens.ts'
import { parameters } from '../../policy/parameters.ts'
import { asTyped, defineFactor, type FactorContext } from '../factor.ts'

/** Keyed hashes of the codes that are left; a used one is gone. 80 bits each (NIST SP 800-63B §3.1.2). */
export type RecoveryCodesCredential = { left: string[]; madeAt: string }
/** The fresh codes while they are on the screen to be saved; null at a challenge. */
type RecoveryCodesState = { codes: string[]; madeAt: string } | { codes: null }

const { count, characters } = parameters.recoveryCodes

const hash = (context: FactorContext, code: string) =>
  context.keyedHash('recovery-code', context.person.id + code)

const grouped = (code: string) => code.match(/.{1,4}/g)?.join('-') ?? code

/** Ten codes on paper for the day the phone is gone; each works once, in any order. */
export const recoveryCodes = defineFactor<RecoveryCodesCredential, RecoveryCodesState>({
  name: 'recovery-codes',
  about: {
    label: 'Recovery code',
    choice: 'Recovery codes',
    sentence: 'One of the ten codes you saved.',
    icon: 'recovery',
    strength: 2,
    amr: ['recovery'],
    role: 'recovery',
    restricted: false,
    perPerson: 1,
    life: minutes(30),
  },
  enrol: async (context) => ({
    ok: true,
    state: {
      codes: Array.from({ length: count }, () => newReadable(characters)),
      madeAt: context.now.toISOString(),
    },
  }),
  challenge: async () => ({ ok: true, state: { codes: null } }),
  prompt: (context, state) =>
    state.codes
      ? { kind: 'save-codes', codes: state.codes.map(grouped), madeAt: state.madeAt }
      : {
          kind: 'enter-code',
          title: 'Enter a recovery code',
          lead: 'Type one of the codes you saved. Each works once.',
          destination: null,
          alphabet: 'recovery',
          length: characters,
          sends: [],
          sameCode: false,
          expiresIn: context.expiresIn,
          triesLeft: context.triesLeft,
        },
  verify: async (context, { credential, state }, response) => {
    if (state.codes) {
      if (response.saved !== true)
        return { kind: 'unusable', problem: 'invalid-input', extra: { fields: { saved: 'invalid-input' } } }
      const left = state.codes.map((code) => hash(context, code).toString('base64url'))
      return { kind: 'accepted', credential: { left, madeAt: state.madeAt }, name: 'Recovery codes' }
    }
    const typed = hash(context, normaliseReadable(asTyped(response.code)))
    const left = credential?.left ?? []
    // Every code is compared, so that the time says nothing about its place.
    const matches = left.filter((stored) => sameBytes(Buffer.from(stored, 'base64url'), typed))
    if (!credential || matches.length === 0) return { kind: 'wrong', problem: 'wrong-code' }
    return {
      kind: 'accepted',
      credential: { ...credential, left: left.filter((stored) => !matches.includes(stored)) },
    }
  },
  facts: (credential) => ({ left: credential.left.length, of: count, madeAt: credential.madeAt }),
})
