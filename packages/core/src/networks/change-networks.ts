import { type AuditEvent, record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import * as networks from '../db/stores/company/networks.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { queueBatch } from '../mail/queue-batch.ts'
import { type ActingSession, actingIn } from '../people/acting.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { ofSession, requireFresh } from '../sign-in/session.ts'
import { parseRange } from './range.ts'

/**
 * Adds a network from where the company's employees need not prove their factor at every sign-in.
 * @throws Problem `not-allowed`, `step-up-required`, `network-…`, `too-many`
 */
export const addNetwork = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  typed: { name: string; cidr: string },
) => {
  const admin = mayChange(deps, session)
  const cidr = parseRange(typed.cidr, deps.privateNetworks)
  await deps.sql.begin(async (tx) => {
    const one = { companyId: admin.companyId, name: typed.name, cidr, createdBy: admin.personId }
    const added = await networks.add(tx, { ...one, now: deps.clock.now() }, parameters.networks.perCompany)
    if (added === 'full') throw new Problem('too-many')
    if (added === 'overlaps') throw new Problem('network-overlaps', { fields: { cidr: 'network-overlaps' } })
    await tell(tx, deps, caller, admin, 'network.added', { name: typed.name, cidr })
  })
}

/** @throws Problem `not-allowed`, `step-up-required`, `not-found` */
export const renameNetwork = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  id: string,
  name: string,
) => {
  const admin = mayChange(deps, session)
  await deps.sql.begin(async (tx) => {
    const row = await networks.rename(tx, admin.companyId, id, name)
    if (!row) throw new Problem('not-found')
    await tell(tx, deps, caller, admin, 'network.renamed', { name, cidr: row.cidr })
  })
}

/** Removes a network; from now on everybody is asked there. @throws Problem `not-allowed`, `step-up-required`, `not-found` */
export const removeNetwork = async (deps: Deps, caller: Caller, session: LiveSession, id: string) => {
  const admin = mayChange(deps, session)
  await deps.sql.begin(async (tx) => {
    const row = await networks.remove(tx, admin.companyId, id, deps.clock.now())
    if (!row) throw new Problem('not-found')
    await tell(tx, deps, caller, admin, 'network.removed', row)
  })
}

const mayChange = (deps: Deps, session: LiveSession): ActingSession => {
  const admin = actingIn(session, 'security_admin')
  requireFresh(deps, admin)
  return admin
}

const deeds = {
  'network.added': 'added',
  'network.renamed': 'renamed',
  'network.removed': 'removed',
} as const satisfies Partial<Record<AuditEvent, string>>

/** Every Security Admin hears of it, and the audit. */
const tell = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  admin: ActingSession,
  event: keyof typeof deeds,
  network: { name: string; cidr: string },
) => {
  const now = deps.clock.now()
  await queueBatch(db, now, {
    key: `${event}:${admin.companyId}:${caller.requestId}`,
    companyId: admin.companyId,
    template: 'networks-changed',
    audience: 'security-admins',
    params: {
      company: admin.companyName,
      origin: deps.origin,
      by: admin.name,
      what: `${deeds[event]} “${network.name}” (${network.cidr})`,
    },
  })
  await record(db, now, caller, { event, ...ofSession(admin), subjectId: null, detail: { ...network } })
}
