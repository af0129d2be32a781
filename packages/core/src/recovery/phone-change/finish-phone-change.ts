import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import * as persons from '../../db/stores/people/persons.ts'
import * as phoneChanges from '../../db/stores/recovery/phone-changes.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../../deps.ts'
import { Problem } from '../../problem.ts'
import { requireProvenAdmin } from '../admin.ts'
import { replacePhone } from './replace-phone.ts'

/** The queue has no browser; what it does says so in the audit. */
const queue: Caller = { address: 'queue', userAgent: '', requestId: 'queue' }

/**
 * A step of the tick: every new number whose time has come takes effect, each in a transaction of its own. Of
 * somebody deactivated meanwhile it is dropped.
 */
export const finishPhoneChanges = async (deps: Deps): Promise<void> => {
  while (await deps.sql.begin((tx) => finishNext(tx, deps)));
}

const finishNext = async (db: Db, deps: Deps): Promise<boolean> => {
  const now = deps.clock.now()
  const row = await phoneChanges.nextReady(db, now)
  if (!row) return false
  const memberships = await persons.activeMemberships(db, row.personId)
  if (memberships.length === 0) {
    await phoneChanges.cancelWaiting(db, row.personId, null, now)
    return true
  }
  await phoneChanges.finish(db, row.id, null, now)
  const companyIds = memberships.map((one) => one.companyId)
  await replacePhone(db, deps, queue, { ...replacementOf(row), companyIds, how: 'waited', actorId: null })
  return true
}

const replacementOf = (row: phoneChanges.PhoneChangeRow) => ({
  person: { id: row.personId, name: row.personName, email: row.personEmail },
  authenticatorId: row.authenticatorId,
  number: row.number,
  sessionId: null,
})

/**
 * A Security Admin does not wait. Nobody approves their own, and no company alone for somebody of several: the wait
 * is what the others rely on.
 * @throws Problem `not-allowed`, `needs-own-factor`, `step-up-required`, `not-found`, `not-yourself`, `several-companies`
 */
export const approvePhoneChange = async (deps: Deps, caller: Caller, session: LiveSession, id: string) => {
  const { companyId } = await requireProvenAdmin(deps, session)
  await deps.sql.begin(async (tx) => {
    const row = await phoneChanges.findOfCompany(tx, companyId, id)
    if (!row) throw new Problem('not-found')
    if (row.personId === session.personId) throw new Problem('not-yourself')
    const memberships = await persons.activeMemberships(tx, row.personId)
    if (memberships.length > 1) throw new Problem('several-companies')
    if (!(await phoneChanges.finish(tx, row.id, session.personId, deps.clock.now())))
      throw new Problem('not-found')
    const companyIds = memberships.map((one) => one.companyId)
    const actorId = session.personId
    await replacePhone(tx, deps, caller, { ...replacementOf(row), companyIds, how: 'approved', actorId })
  })
}

/** A Security Admin objects for somebody. @throws Problem `not-allowed`, `not-found` … as above */
export const declinePhoneChange = async (deps: Deps, caller: Caller, session: LiveSession, id: string) => {
  const { companyId } = await requireProvenAdmin(deps, session)
  await deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const row = await phoneChanges.findOfCompany(tx, companyId, id)
    const ended = row && (await phoneChanges.cancelWaiting(tx, row.personId, session.personId, now, row.id))
    if (!ended) throw new Problem('not-found')
    await record(tx, now, caller, {
      event: 'phone-change.cancelled',
      companyIds: [companyId],
      actorId: session.personId,
      subjectId: row.personId,
      sessionId: session.id,
      detail: { number: ended.number, how: 'admin' },
    })
  })
}
