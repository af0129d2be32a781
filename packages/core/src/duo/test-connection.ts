import type { DuoTested } from '@countersign/contract'
import { record } from '../audit/record.ts'
import { minutes } from '../clock.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import type { DuoFailure, DuoKeys } from '../gateways/duo/duo.ts'
import { sameBytes } from '../keys/tokens.ts'
import { type ActingSession, actingIn, byActor } from '../people/acting.ts'
import { Problem } from '../problem.ts'

/** How long a test speaks for the keys it tested. */
const life = minutes(15)

const mark = (deps: Deps, admin: ActingSession, keys: DuoKeys, at: number): string => {
  const { integrationKey, secretKey, apiHost } = keys
  const tested = [admin.companyId, admin.personId, integrationKey, secretKey, apiHost, at]
  return `${at}.${deps.keyedHash('duo-tested', JSON.stringify(tested)).toString('base64url')}`
}

/**
 * Duo's health check with these keys. @returns a mark that speaks for exactly these keys, this admin and company,
 * for a quarter of an hour
 * @throws Problem `not-allowed`, `duo-not-a-host`, `duo-wrong-keys`, `duo-unavailable`
 */
export const testConnection = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  keys: DuoKeys,
): Promise<DuoTested> => {
  const admin = actingIn(session, 'security_admin')
  if (!deps.gateways.duo.isHost(keys.apiHost))
    throw new Problem('duo-not-a-host', { fields: { apiHost: 'duo-not-a-host' } })
  const answer = await deps.gateways.duo.check(keys)
  await record(deps.sql, deps.clock.now(), caller, {
    event: 'duo.tested',
    outcome: answer.ok ? 'ok' : 'failed',
    ...byActor(admin),
    detail: { apiHost: keys.apiHost, ...(answer.ok ? {} : { why: answer.why }) },
  })
  if (!answer.ok) throw problemOf(answer)
  return { tested: mark(deps, admin, keys, deps.clock.now().getTime()) }
}

const problemOf = ({ why }: DuoFailure): Problem =>
  why === 'wrong-keys'
    ? new Problem('duo-wrong-keys', { fields: { secretKey: 'duo-wrong-keys' } })
    : new Problem('duo-unavailable', { detail: why })

/** When exactly these keys were tested. @throws Problem `duo-untested` */
export const testedAt = (deps: Deps, admin: ActingSession, keys: DuoKeys, tested: string): Date => {
  const at = Number(tested.split('.')[0])
  const age = deps.clock.now().getTime() - at
  if (!Number.isSafeInteger(at) || age < 0 || age > life) throw new Problem('duo-untested')
  if (!sameBytes(Buffer.from(tested), Buffer.from(mark(deps, admin, keys, at))))
    throw new Problem('duo-untested')
  return new Date(at)
}
