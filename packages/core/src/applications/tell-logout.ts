import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import type { Deps } from '../deps.ts'
import { parameters } from '../policy/parameters.ts'
import { sidOf } from './claims.ts'
import { readSigningKeys, signingKey } from './signing-keys.ts'

/** OpenID Connect Back-Channel Logout 1.0 §2.4. */
const event = 'http://schemas.openid.net/event/backchannel-logout'

type Told = { sessionId: string; personId: string; applicationId: string }

/**
 * Tells an application that a session is over; a job, so that one that does not answer is asked again later and
 * holds nobody up. Times are the machine's, since the application judges them by its own.
 * @throws Error when it did not answer, or not with 2xx
 */
export const tellLogout = async (deps: Deps, told: Told): Promise<void> => {
  const [row] = await deps.sql<{ clientId: string; uri: string | null; alg: 'RS256' | 'ES256' }[]>`
    select client_id, backchannel_logout_uri as uri, signing_alg as alg from applications
    where id = ${told.applicationId}`
  if (!row?.uri) return
  const key = signingKey(await readSigningKeys(deps), row.alg, deps.clock.now())
  const token = await new SignJWT({
    events: { [event]: {} },
    sid: sidOf(deps.keyedHash, told.sessionId, row.clientId),
  })
    .setProtectedHeader({ alg: key.alg, kid: key.jwk.kid, typ: 'logout+jwt' })
    .setIssuer(deps.origin)
    .setSubject(told.personId)
    .setAudience(row.clientId)
    .setIssuedAt()
    .setExpirationTime('2m')
    .setJti(randomUUID())
    .sign(await importJWK(key.jwk, key.alg))
  const answer = await fetch(row.uri, {
    method: 'POST',
    redirect: 'error',
    body: new URLSearchParams({ logout_token: token }),
    signal: AbortSignal.timeout(parameters.logoutPatience),
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`${row.clientId} answered a logout with ${answer.status}`)
}
