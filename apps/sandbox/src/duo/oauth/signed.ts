import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import type { DuoKeys } from '../keys.ts'

/** Java's client signs for an hour ahead, all others for five minutes. */
const longestLifeSeconds = 3600
const leewaySeconds = 60

/** The key is the text of the secret, not what it might decode to. */
export const signingKey = ({ secretKey }: DuoKeys) => new TextEncoder().encode(secretKey)

/** Why a token was not believed, in Duo's words. */
export type Disbelief = { disbelief: string }

/** Checks an HS512 token of the application's. `iat` is optional and `exp` may have a fraction, as Python's has. */
export async function believe(
  token: string,
  what: 'client_assertion' | 'request',
  keys: DuoKeys,
  expected: JWTVerifyOptions = {},
): Promise<{ payload: JWTPayload } | Disbelief> {
  const options = {
    algorithms: ['HS512'],
    clockTolerance: leewaySeconds,
    requiredClaims: ['exp'],
    ...expected,
  }
  try {
    const { payload } = await jwtVerify(token, signingKey(keys), options)
    const now = Date.now() / 1000
    if ((payload.exp ?? 0) > now + longestLifeSeconds + leewaySeconds)
      return { disbelief: 'exp is too far away.' }
    return { payload }
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return { disbelief: 'Failed to verify signature.' }
    if (error instanceof errors.JWTExpired) return { disbelief: 'The token has expired.' }
    if (error instanceof errors.JOSEError) return { disbelief: `The provided ${what} was invalid.` }
    throw error
  }
}
