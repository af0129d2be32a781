import { inOrder, type SigningKey } from '@countersign/core/applications/signing-keys'
import type { Deps } from '@countersign/core/deps'
import { hashToken, sameBytes } from '@countersign/core/keys/tokens'
import { parameters } from '@countersign/core/policy/parameters'
import { type Configuration, type JWKS, Provider } from 'oidc-provider'
import { visit } from '../visit.ts'
import { createAdapter, findAccount, grantOf } from './adapter.ts'
import { entryPolicy } from './policy.ts'

const inSeconds = (ms: number) => ms / 1000
const { tokens } = parameters

export const endpoints = {
  authorization: '/oidc/auth',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  jwks: '/oidc/jwks',
  end_session: '/oidc/end-session',
} as const

const features: Configuration['features'] = {
  devInteractions: { enabled: false },
  dPoP: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  resourceIndicators: { enabled: false },
  // Ours: who is signed out, and who hears of it, is not the provider's to know.
  rpInitiatedLogout: { enabled: false },
  backchannelLogout: { enabled: true },
}

const claims = {
  openid: ['sub', 'company', 'company_id', 'role', 'account_type', 'acr', 'amr', 'auth_time'],
  profile: ['name'],
  email: ['email', 'email_verified'],
}

const algs = ['RS256', 'ES256'] as const

const configuration = (deps: Deps, jwks: JWKS): Configuration => ({
  adapter: createAdapter(deps),
  jwks,
  features,
  claims,
  findAccount,
  scopes: ['openid', 'profile', 'email'],
  responseTypes: ['code'],
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
  acrValues: ['aal1', 'aal2'],
  subjectTypes: ['public'],
  enabledJWA: { idTokenSigningAlgValues: [...algs] },
  pkce: { required: () => true },
  allowOmittingSingleRegisteredRedirectUri: false,
  // Many clients never ask the userinfo endpoint.
  conformIdTokenClaims: false,
  // The record is read with its session each time, which is stricter than the provider's own way.
  expiresWithSession: () => false,
  loadExistingGrant: async (ctx) => {
    const { session, grantId } = visit()
    const clientId = ctx.oidc.client?.clientId
    if (!session || !clientId) return undefined
    return new ctx.oidc.provider.Grant(grantOf(grantId, session.personId, clientId))
  },
  // A public client may run in a browser, on the pages it registered.
  clientBasedCORS: (_ctx, origin, client) =>
    client.redirectUris?.some((uri) => new URL(uri).origin === origin) ?? false,
  interactions: { policy: entryPolicy(), url: (_ctx, { uid }) => `/enter/${uid}` },
  renderError: (ctx, out) => {
    ctx.type = 'application/json'
    ctx.body = JSON.stringify(out)
  },
  cookies: { keys: [] },
  routes: endpoints,
  discovery: { end_session_endpoint: `${deps.origin}${endpoints.end_session}` },
  ttl: {
    AuthorizationCode: inSeconds(tokens.code),
    AccessToken: inSeconds(tokens.access),
    IdToken: inSeconds(tokens.id),
    Interaction: inSeconds(tokens.interaction),
    Session: inSeconds(tokens.interaction),
    Grant: inSeconds(tokens.interaction),
  },
})

/** A provider that signs with these keys; nothing else of it lasts longer than a request. */
export const createProvider = (deps: Deps, keys: SigningKey[], now: Date): Provider => {
  const jwks = { keys: inOrder(keys, now).map(({ jwk }) => jwk) } as JWKS
  const provider = new Provider(deps.origin, configuration(deps, jwks))
  provider.Client.prototype.compareClientSecret = async (given: string) => {
    const hash = visit().door?.secretHash
    return hash ? sameBytes(hashToken(given), hash) : false
  }
  // Every ID token names the session, so that a logout of it can be told apart.
  provider.Client.prototype.includeSid = () => true
  provider.on('server_error', (_ctx, error) => deps.log.error({ error }, 'openid connect'))
  return provider
}
