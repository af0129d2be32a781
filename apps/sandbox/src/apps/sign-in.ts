import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { RelyingParty } from './relying-party.ts'
import type { AppSession, Claims, Flow } from './sessions.ts'

/** What an application asks that wants a second factor proven just now: seconds, and an assurance. */
export const fresh = { maxAge: 15, acr: 'aal2' } as const

/** Authorization code with PKCE, state and nonce (RFC 6749 §4.1, RFC 7636, OpenID Connect Core §3.1.2). */
export const begin = async (
  party: RelyingParty,
  asked: { maxAge: number; acr: string } | null,
): Promise<{ to: URL; flow: Flow }> => {
  const config = await party.configuration()
  const flow: Flow = {
    verifier: randomPKCECodeVerifier(),
    nonce: randomNonce(),
    state: randomState(),
    maxAge: asked?.maxAge,
    acr: asked?.acr,
  }
  const to = buildAuthorizationUrl(config, {
    redirect_uri: party.callback(),
    scope: 'openid profile email',
    code_challenge: await calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
    state: flow.state,
    nonce: flow.nonce,
    ...(asked && { max_age: String(asked.maxAge), acr_values: asked.acr }),
  })
  return { to, flow }
}

/** The sign-in is strong, but not as strong as was asked for. */
export class TooWeak extends Error {}

/**
 * Takes the code to the portal and believes nothing of the answer that is not checked: state, issuer, nonce,
 * signature, audience, times, and what was asked for.
 */
export const finish = async (party: RelyingParty, flow: Flow, query: string): Promise<AppSession> => {
  const config = await party.configuration()
  const current = new URL(`${party.callback()}${query}`)
  const tokens = await authorizationCodeGrant(config, current, {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
    ...(flow.maxAge !== undefined && { maxAge: flow.maxAge }),
  })
  const claims = tokens.claims()
  if (!claims || !tokens.id_token) throw new Error('The portal sent no ID token.')
  if (flow.acr !== undefined && claims.acr !== flow.acr)
    throw new TooWeak(`${flow.acr} was asked for, and the portal vouches for ${String(claims.acr)}.`)
  const userinfo = (await fetchUserInfo(config, tokens.access_token, claims.sub)) as Claims
  const sid = typeof claims.sid === 'string' ? claims.sid : undefined
  return { idToken: tokens.id_token, sub: claims.sub, sid, claims: { ...claims }, userinfo }
}

/** RP-Initiated Logout 1.0: the portal signs the person out too, and tells the other applications. */
export const signOutAddress = async (party: RelyingParty, idToken: string): Promise<URL> =>
  buildEndSessionUrl(await party.configuration(), {
    id_token_hint: idToken,
    post_logout_redirect_uri: party.home(),
  })
