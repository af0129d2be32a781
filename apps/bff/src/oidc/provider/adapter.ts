import { assuranceOf, claimsOf, sidOf } from '@countersign/core/applications/claims'
import { provenAt } from '@countersign/core/applications/judge-entry'
import * as records from '@countersign/core/db/stores/applications/oidc/records'
import { hit } from '@countersign/core/db/stores/sign-in/throttles'
import type { Deps } from '@countersign/core/deps'
import { hashToken } from '@countersign/core/keys/tokens'
import { parameters } from '@countersign/core/policy/parameters'
import { addressBucket } from '@countersign/core/sign-in/buckets'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { doorIsOpen, visit } from '../visit.ts'
import { clientOf } from './client.ts'

const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
const anHour = 3600
const soon = () => Math.floor(Date.now() / 1000) + anHour

/** The value somebody holds is no part of what is kept. */
const withoutValue = ({ jti, ...rest }: AdapterPayload): Record<string, unknown> => rest
/** Seconds are always given: of each kind that is kept, the provider is told the life. */
const life = (now: Date, expiresIn = 0) => ({
  now,
  expiresAt: new Date(now.getTime() + expiresIn * 1000),
})

/** Kept nowhere: made up from our own session, or from the record that is in hand. */
const nothing = async () => {}
const madeUp = (find: (id: string) => AdapterPayload | undefined): Adapter => ({
  find: async (id) => find(id),
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  upsert: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
})

const session = (deps: Deps) =>
  madeUp((id) => {
    const { session, door, grantId } = visit()
    if (!session || !door) return undefined
    return {
      jti: id,
      uid: session.id,
      kind: 'Session',
      accountId: session.personId,
      loginTs: seconds(provenAt(session, door)),
      ...assuranceOf(session),
      exp: soon(),
      authorizations: {
        [door.clientId]: { sid: sidOf(deps.keyedHash, session.id, door.clientId), grantId },
      },
    }
  })

/** What a person grants is not asked: whoever may enter is known there by name, address and standing. */
export const grantOf = (jti: string, accountId: string, clientId: string) => ({
  jti,
  kind: 'Grant',
  accountId,
  clientId,
  openid: { scope: 'openid profile email' },
  exp: soon(),
})

const grant = madeUp((id) => {
  const { session, door, record } = visit()
  return session && door && record?.grantId === id ? grantOf(id, session.personId, door.clientId) : undefined
})

const client = madeUp((id) => {
  const { door } = visit()
  return doorIsOpen(door) && door.clientId === id ? clientOf(door) : undefined
})

/** The record in hand, if this is the value that was shown. */
const shownRecord = (id: string): AdapterPayload | undefined => {
  const { record, shown, door } = visit()
  if (!record || shown !== id || !doorIsOpen(door)) return undefined
  const consumed = record.consumedAt ? { consumed: seconds(record.consumedAt) } : {}
  return { ...record.payload, ...consumed, jti: id }
}

const code = (deps: Deps): Adapter => ({
  ...madeUp(shownRecord),
  upsert: async (id, payload, expiresIn) => {
    const { session, door, grantId, caller, now } = visit()
    if (!session?.companyId || !door) throw new errors.AccessDenied()
    const entered = await records.enter(deps.sql, {
      hash: hashToken(id),
      applicationId: door.id,
      session: { id: session.id, personId: session.personId, companyId: session.companyId },
      grantId,
      payload: withoutValue(payload),
      application: door.name,
      aal: session.aal,
      caller,
      ...life(now, expiresIn),
    })
    if (!entered) throw new errors.AccessDenied(undefined, 'the session or the application has ended')
  },
})

/** A code is used by the statement that keeps its token, so that of many at once one wins. */
const accessToken = (deps: Deps): Adapter => ({
  ...madeUp(shownRecord),
  upsert: async (id, payload, expiresIn) => {
    const { shown, record, now } = visit()
    const exchanged = await records.exchange(deps.sql, {
      codeHash: hashToken(shown ?? ''),
      hash: hashToken(id),
      payload: withoutValue(payload),
      ...life(now, expiresIn),
    })
    if (exchanged) return
    if (record?.grantId) await records.revokeGrant(deps.sql, record.grantId, now)
    throw new errors.InvalidGrant('authorization code already consumed')
  },
  revokeByGrantId: (grantId) => records.revokeGrant(deps.sql, grantId, visit().now),
})

const interaction = (deps: Deps): Adapter => ({
  ...madeUp(shownRecord),
  upsert: async (id, payload, expiresIn) => {
    const { browser, door, caller, now } = visit()
    if (!door) throw new errors.InvalidClient()
    // Anybody can begin one, signed in or not, and each is a row.
    const { perAddress, window } = parameters.interactions
    if (
      (await hit(deps.sql, `interaction:${addressBucket(caller.address)}`, perAddress, window, now)) !== null
    )
      throw new errors.TemporarilyUnavailable('too many sign-ins begun from this address')
    // Whoever was signed in when it began is of no matter: who is when it goes on is asked then.
    const { session: _session, ...kept } = withoutValue(payload)
    await records.addInteraction(deps.sql, {
      hash: hashToken(id),
      browserHash: hashToken(browser),
      applicationId: door.id,
      payload: kept,
      ...life(now, expiresIn),
    })
  },
  destroy: (id) => records.removeInteraction(deps.sql, hashToken(id)),
})

/** Where the provider keeps things; of most kinds there is nothing to keep. */
export const createAdapter =
  (deps: Deps) =>
  (name: string): Adapter => {
    switch (name) {
      case 'Client':
        return client
      case 'Session':
        return session(deps)
      case 'Grant':
        return grant
      case 'AuthorizationCode':
        return code(deps)
      case 'AccessToken':
        return accessToken(deps)
      case 'Interaction':
        return interaction(deps)
      default:
        return madeUp(() => undefined)
    }
  }

/** The person behind a visit, as the provider asks for them. */
export const findAccount = async (_ctx: unknown, id: string) => {
  const { session, door } = visit()
  if (!door || session?.personId !== id) return undefined
  return { accountId: id, claims: async () => claimsOf(session, door) }
}
