import { signOutQuerySchema } from '@countersign/contract'
import { sidOf } from '@countersign/core/applications/claims'
import { wayBack } from '@countersign/core/applications/sign-out-view'
import type { SigningKey } from '@countersign/core/applications/signing-keys'
import { find } from '@countersign/core/db/stores/applications/applications'
import { findLive } from '@countersign/core/db/stores/sign-in/sessions'
import type { Deps } from '@countersign/core/deps'
import { hashToken } from '@countersign/core/keys/tokens'
import { signOut } from '@countersign/core/sign-in/session'
import type { Context } from 'hono'
import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { clearCookie, readCookie } from '../http/cookies.ts'
import { callerOf, type Env } from '../http/request.ts'
import type { Providers } from './provider/providers.ts'

const publicPart = ({ jwk: { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...rest } }: SigningKey) => rest

/** An ID token of ours, however old: it says who asks, and lets nobody in. Null for anything else. */
const ownToken = async (
  deps: Deps,
  keys: SigningKey[],
  hint: string | undefined,
): Promise<JWTPayload | null> => {
  if (!hint) return null
  const known = createLocalJWKSet({ keys: keys.map(publicPart) })
  const options = { issuer: deps.origin, algorithms: ['RS256', 'ES256'], currentDate: new Date(0) }
  return jwtVerify(hint, known, options).then(
    ({ payload }) => payload,
    () => null,
  )
}

/**
 * RP-Initiated Logout 1.0: an application that shows an ID token of this very session signs the person out and has
 * them back at an address it registered. Whoever shows none, or another person's, has the person asked first.
 */
export const endSession = async (deps: Deps, providers: Providers, c: Context<Env>): Promise<Response> => {
  const given = c.req.query()
  const hint = await ownToken(deps, await providers.keys(), given.id_token_hint)
  const clientId = given.client_id ?? (typeof hint?.aud === 'string' ? hint.aud : undefined)
  const asking = { ...signOutQuerySchema.catch({}).parse(given), ...(clientId && { client_id: clientId }) }
  const token = readCookie(c, 'session')
  const session = token ? await findLive(deps.sql, hashToken(token), deps.clock.now()) : null
  const confirm = () =>
    c.redirect(`/sign-out?${new URLSearchParams(Object.entries(asking) as [string, string][])}`, 303)
  if (!hint || !clientId || hint.aud !== clientId) return confirm()
  if (session && hint.sid !== sidOf(deps.keyedHash, session.id, clientId)) return confirm()
  await signOut(deps, callerOf(c), { session: token, attempt: null })
  // Whoever comes by a page of another site leaves the cookie at home, and keeps it: taking it away would be a sign-out.
  if (token) clearCookie(c, 'session')
  const application = await find(deps.sql, clientId)
  return c.redirect(wayBack(application?.disabledAt === null ? application : null, asking) ?? '/login', 303)
}
