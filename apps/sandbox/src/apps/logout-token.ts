import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { RelyingParty } from './relying-party.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'

export type Logout = { jti: string; sub: string | undefined; sid: string | undefined }

/**
 * Reads logout tokens as Back-Channel Logout 1.0 §2.6 asks: signature, issuer, audience, age, the event, somebody to
 * sign out, and no nonce, so that an ID token cannot be taken for one.
 */
export const logoutTokens = (party: RelyingParty) => {
  let keys: JWTVerifyGetKey | undefined
  const keySet = async () => {
    const { jwks_uri } = (await party.configuration()).serverMetadata()
    if (!jwks_uri) throw new Error('The portal names no keys.')
    keys ??= createRemoteJWKSet(new URL(jwks_uri))
    return keys
  }
  /** @throws when it is not a logout token of this portal for this application */
  return async (token: string): Promise<Logout> => {
    const { payload } = await jwtVerify(token, await keySet(), {
      issuer: party.issuer,
      audience: party.clientId,
      typ: 'logout+jwt',
      algorithms: ['RS256', 'ES256'],
      maxTokenAge: '5m',
      requiredClaims: ['iat', 'jti', 'events'],
    })
    const { events, nonce, sub, sid, jti } = payload
    const isEvent = typeof events === 'object' && events !== null && event in events
    if (!isEvent || nonce !== undefined) throw new Error('That is not a logout token.')
    if (typeof sub !== 'string' && typeof sid !== 'string') throw new Error('Nobody is named in it.')
    return { jti: jti ?? '', sub, sid: typeof sid === 'string' ? sid : undefined }
  }
}
