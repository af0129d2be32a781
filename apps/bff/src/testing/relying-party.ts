import { createHash, randomBytes } from 'node:crypto'
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose'
import { type Browser, demoApplications, origin, type Portal } from './portal.ts'

export type RelyingParty = { clientId: string; secret: string | null; redirectUri: string }

const at = (path: string) => `${demoApplications.sandboxUrl}/apps/${path}/callback`
export const backup: RelyingParty = {
  clientId: 'backup',
  secret: demoApplications.secrets.backup,
  redirectUri: at('backup'),
}
export const partnerPortal: RelyingParty = {
  clientId: 'partner-portal',
  secret: demoApplications.secrets.portal,
  redirectUri: at('portal'),
}

export const newVerifier = () => randomBytes(32).toString('base64url')
export const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

/** The address a relying party sends the browser to. */
export const authorizePath = (
  party: RelyingParty,
  verifier: string,
  more: Record<string, string | null> = {},
) => {
  const params = {
    client_id: party.clientId,
    redirect_uri: party.redirectUri,
    response_type: 'code',
    scope: 'openid profile email',
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    ...more,
  }
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== null)
  return `/oidc/auth?${new URLSearchParams(given)}`
}

const locationOf = (answer: { headers: Headers }) => answer.headers.get('location') ?? ''

/** Sends the browser to the portal; the answer's address, whole or of ours. */
export const authorize = async (
  web: Browser,
  party: RelyingParty,
  verifier: string,
  more: Record<string, string | null> = {},
) => locationOf(await web.get(authorizePath(party, verifier, more)))

export const paramsOf = (location: string) => Object.fromEntries(new URL(location, origin).searchParams)

const basic = ({ clientId, secret }: RelyingParty) =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret ?? '')}`).toString('base64')}`

/** The relying party's server calls ours; no browser, no cookie. */
export const exchange = async (
  portal: Pick<Portal, 'app'>,
  party: RelyingParty,
  given: Record<string, string>,
) => {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    redirect_uri: party.redirectUri,
    ...(party.secret === null && { client_id: party.clientId }),
    ...given,
  })
  const answer = await portal.app.request(`${origin}/oidc/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(party.secret !== null && { authorization: basic(party) }),
    },
    body,
  })
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  const parsed: any = await answer.json()
  return { status: answer.status, body: parsed, headers: answer.headers }
}

export const userinfo = async (portal: Pick<Portal, 'app'>, token: string) => {
  const answer = await portal.app.request(`${origin}/oidc/userinfo`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : null }
}

export const jwksOf = async (portal: Pick<Portal, 'app'>) =>
  (await (await portal.app.request(`${origin}/oidc/jwks`)).json()) as JSONWebKeySet

/** The claims of an ID token, verified as a relying party has to (OpenID Connect Core §3.1.3.7). */
export const claimsIn = async (
  portal: Pick<Portal, 'app'>,
  idToken: string,
  party: RelyingParty,
): Promise<JWTPayload & Record<string, unknown>> => {
  const keys = createLocalJWKSet(await jwksOf(portal))
  const { payload } = await jwtVerify(idToken, keys, { issuer: origin, audience: party.clientId })
  return payload
}

/** All the way in, for somebody who is signed in already. */
export const enter = async (
  portal: Portal,
  web: Browser,
  party: RelyingParty,
  more: Record<string, string | null> = {},
) => {
  const verifier = newVerifier()
  const location = await authorize(web, party, verifier, more)
  const { code } = paramsOf(location)
  if (!code) throw new Error(`No code: ${location}`)
  const tokens = await exchange(portal, party, { code, code_verifier: verifier })
  return { verifier, code, location, tokens }
}
