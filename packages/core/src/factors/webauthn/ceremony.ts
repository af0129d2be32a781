import type { PromptResponse } from '@countersign/contract'
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'

/** A public key credential as kept: nothing of it is secret, but it is sealed like every other. */
export type PasskeyCredential = {
  id: string
  /** COSE key, base64url. */
  publicKey: string
  counter: number
  transports: string[]
  /** The host it was made for; it works nowhere else (WebAuthn L3 §5.1.2). */
  rpId: string
}

/** ES256, EdDSA, RS256: what authenticators have, and nothing weaker. */
export const algorithms = [-7, -8, -257]

/** The host of the portal is its identity; passkeys are bound to it. */
export const rpIdOf = (origin: string): string => new URL(origin).hostname

const expectations = (origin: string, challenge: string) => ({
  expectedChallenge: challenge,
  expectedOrigin: origin,
  expectedRPID: rpIdOf(origin),
  requireUserVerification: true,
})

/** The new credential, or null when the response does not hold. The library throws on whatever it dislikes. */
export const checkCreation = async (
  origin: string,
  challenge: string,
  response: PromptResponse,
): Promise<PasskeyCredential | null> => {
  try {
    const given = response.credential as unknown as RegistrationResponseJSON
    const result = await verifyRegistrationResponse({
      ...expectations(origin, challenge),
      response: given,
      supportedAlgorithmIDs: algorithms,
    })
    if (!result.verified) return null
    const { id, publicKey, counter } = result.registrationInfo.credential
    return {
      id,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports: (given.response.transports ?? []).slice(0, 8).map(String),
      rpId: rpIdOf(origin),
    }
  } catch {
    return null
  }
}

/**
 * What a signature by this credential makes of its counter, or null when the response does not hold.
 * The library would refuse a counter that went back like any other fault, so it is told of none and we look.
 */
export const checkAssertion = async (
  origin: string,
  challenge: string,
  credential: PasskeyCredential,
  response: PromptResponse,
): Promise<{ counter: number } | null> => {
  try {
    const result = await verifyAuthenticationResponse({
      ...expectations(origin, challenge),
      response: response.credential as unknown as AuthenticationResponseJSON,
      credential: {
        id: credential.id,
        publicKey: new Uint8Array(Buffer.from(credential.publicKey, 'base64url')),
        counter: 0,
      },
    })
    return result.verified ? { counter: result.authenticationInfo.newCounter } : null
  } catch {
    return null
  }
}

/** WebAuthn L3 §6.1.1: both zero means that the authenticator does not count; otherwise it must have grown. */
export const wentBack = (before: number, now: number): boolean => (before > 0 || now > 0) && now <= before
