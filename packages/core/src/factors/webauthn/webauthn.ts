import type { PromptResponse } from '@countersign/contract'
import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import { minutes } from '../../clock.ts'
import { defineFactor, type FactorContext, type Verdict } from '../factor.ts'
import {
  algorithms,
  checkAssertion,
  checkCreation,
  type PasskeyCredential,
  rpIdOf,
  wentBack,
} from './ceremony.ts'
import { personOf, userHandle } from './user-handle.ts'

/** The options as given to the browser; their challenge is 32 random bytes and lives in this challenge only. */
type PasskeyState = { mode: 'create' | 'get'; options: Record<string, unknown> & { challenge: string } }

const timeout = minutes(5)

const isPasskey = (one: unknown): one is PasskeyCredential =>
  typeof one === 'object' && one !== null && 'publicKey' in one

const asked = async (context: Pick<FactorContext, 'origin'>, allow?: PasskeyCredential) => ({
  ...(await generateAuthenticationOptions({
    rpID: rpIdOf(context.origin),
    userVerification: 'required',
    timeout,
    ...(allow ? { allowCredentials: [{ id: allow.id, transports: allow.transports }] } : {}),
  })),
})

const refused = { kind: 'wrong', problem: 'passkey-refused' } as const

const create = async (
  context: FactorContext,
  state: PasskeyState,
  response: PromptResponse,
): Promise<Verdict<PasskeyCredential, PasskeyState>> => {
  const credential = await checkCreation(context.origin, state.options.challenge, response)
  return credential ? { kind: 'accepted', credential, name: 'Passkey' } : refused
}

const get = async (
  context: FactorContext,
  credential: PasskeyCredential,
  state: PasskeyState,
  response: PromptResponse,
): Promise<Verdict<PasskeyCredential, PasskeyState>> => {
  const named = personOf(response)
  // Authenticators that are no passkey send no handle; one that is sent must be this person's (§7.2 step 6).
  if (response.credential?.id !== credential.id || (named !== null && named !== context.person.id))
    return refused
  const checked = await checkAssertion(context.origin, state.options.challenge, credential, response)
  if (!checked) return refused
  if (wentBack(credential.counter, checked.counter))
    return { kind: 'compromised', problem: 'passkey-refused' }
  return { kind: 'accepted', credential: { ...credential, counter: checked.counter } }
}

/**
 * Passkeys and security keys (WebAuthn Level 3). Phishing-resistant, because the browser tells the key whose
 * page it is on. Always with user verification, so that one check is two factors. No admin switches it off.
 */
export const webauthn = defineFactor<PasskeyCredential, PasskeyState>({
  name: 'webauthn',
  about: {
    label: 'Passkey or security key',
    choice: 'Passkey or security key',
    sentence:
      'Your fingerprint, face or a key you plug in. Nothing to type, and no other site can ask for it.',
    icon: 'passkey',
    strength: 3,
    amr: ['hwk', 'user'],
    role: 'second-factor',
    restricted: false,
    perPerson: 10,
    life: timeout,
  },
  knowsOthers: true,
  enrol: async (context) => {
    const held = context.others.filter(isPasskey)
    const options = await generateRegistrationOptions({
      rpName: 'Countersign',
      rpID: rpIdOf(context.origin),
      userID: new Uint8Array(userHandle(context.person.id)),
      userName: context.person.email,
      userDisplayName: context.person.name,
      timeout,
      attestationType: 'none',
      supportedAlgorithmIDs: algorithms,
      excludeCredentials: held.map(({ id, transports }) => ({ id, transports })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    })
    return { ok: true, state: { mode: 'create', options: { ...options } } }
  },
  challenge: async (context, credential) =>
    credential.rpId === rpIdOf(context.origin)
      ? { ok: true, state: { mode: 'get', options: await asked(context, credential) } }
      : { ok: false, problem: 'passkey-elsewhere', extra: { detail: credential.rpId } },
  prompt: (_context, { mode, options }) => ({
    kind: 'use-security-key',
    mode,
    title: mode === 'create' ? 'Add a passkey' : 'Use your passkey',
    lead:
      mode === 'create'
        ? 'Your browser asks where to keep it: this device, your phone, or a security key.'
        : 'Your browser asks for your fingerprint, face, PIN or security key.',
    options,
  }),
  verify: async (context, { credential, state }, response) => {
    if (state.mode === 'create') return create(context, state, response)
    return credential ? get(context, credential, state, response) : refused
  },
  alone: {
    open: async (context) => ({ mode: 'get', options: await asked(context) }),
    claimant: personOf,
    isFrom: (credential, response) => response.credential?.id === credential.id,
  },
})
