import type { EmployeeView, Invite } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import { findMember } from '../../db/stores/employees/read.ts'
import { deactivate, invite, type NumberOnFile, personFor } from '../../db/stores/employees/write.ts'
import type { Caller, Deps } from '../../deps.ts'
import { countMail } from '../../mail/count-mail.ts'
import { type ActingSession, type Actor, byActor } from '../../people/acting.ts'
import { requireProven } from '../../people/proven.ts'
import { Problem } from '../../problem.ts'
import { requireMayGrant } from '../authority.ts'
import { numberOnFile } from '../change/number-on-file.ts'
import { viewEmployee } from '../view.ts'
import { mailInvitation } from './invitation.ts'

/**
 * Adds somebody by an invitation to their address. The answer is the same whether that address has an account.
 * @throws Problem `step-up-required`, `needs-own-factor`, `not-allowed`, `client-role`, `already-member`, `phone-…`
 */
export const inviteEmployee = async (
  deps: Deps,
  caller: Caller,
  session: ActingSession,
  typed: Invite,
): Promise<EmployeeView> => {
  await requireProven(deps, session)
  requireMayGrant(session, typed.role, typed.accountType)
  const number = (await numberOnFile(deps, typed.mobileNumber)) ?? null
  return deps.sql.begin(async (tx) => {
    const personId = await addInvited(tx, deps, caller, session, { ...typed, number })
    const member = await findMember(tx, session.companyId, personId)
    if (!member) throw new Error('A member who was just added is not there')
    return viewEmployee(tx, session, member, deps.clock.now())
  })
}

/** Who adds somebody: an admin at work, one whose import the queue lands, or the company's directory. */
export type Inviter = Omit<Actor, 'role'>

type Added = Omit<Invite, 'mobileNumber'> & { number: NumberOnFile | null }

/**
 * In the caller's transaction. @throws Problem `too-many-requests`, `already-member`, before which at most a nameless
 * account is made
 */
export const addInvited = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  inviter: Inviter,
  added: Added,
): Promise<string> => {
  const { name, email, role, accountType, number } = added
  const now = deps.clock.now()
  await countMail(db, deps, inviter.companyId, email)
  const personId = await addMember(db, inviter, added, now)
  await mailInvitation(db, deps, inviter, { id: personId, email, name })
  await record(db, now, caller, {
    event: 'employee.invited',
    ...byActor(inviter, personId),
    detail: { role, accountType, number: number !== null },
  })
  return personId
}

/** The same for somebody who is not to come in yet: deactivated from the start, so nothing is mailed. */
export const addUninvited = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  inviter: Inviter,
  added: Added,
): Promise<string> => {
  const now = deps.clock.now()
  const personId = await addMember(db, inviter, added, now)
  const member = await findMember(db, inviter.companyId, personId)
  if (member) await deactivate(db, member.membershipId, now)
  await record(db, now, caller, { event: 'employee.deactivated', ...byActor(inviter, personId) })
  return personId
}

const addMember = async (db: Db, { companyId }: Inviter, added: Added, now: Date): Promise<string> => {
  const { name, email, role, accountType, number } = added
  const personId = await personFor(db, email, name, now)
  if (!(await invite(db, { companyId, personId, name, role, accountType, number, now })))
    throw new Problem('already-member', { fields: { email: 'already-member' } })
  return personId
}
