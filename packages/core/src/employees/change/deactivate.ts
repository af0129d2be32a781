import type { EmployeeView } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import { findMember, lockCompany, lockMember, type MemberRow } from '../../db/stores/employees/read.ts'
import * as write from '../../db/stores/employees/write.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import type { Caller, Deps } from '../../deps.ts'
import { type ActingSession, type Actor, byActor } from '../../people/acting.ts'
import { requireProven } from '../../people/proven.ts'
import { Problem } from '../../problem.ts'
import { requireAuthorityOver } from '../authority.ts'
import { inOurWords } from '../refusals.ts'
import { viewEmployee } from '../view.ts'

/** Locks the company, then the member, and shows what became of them. @throws Problem `not-found`, `not-allowed` */
const changing = (
  deps: Deps,
  session: ActingSession,
  id: string,
  deed: (db: Db, member: MemberRow) => Promise<void>,
): Promise<EmployeeView> =>
  deps.sql
    .begin(async (tx) => {
      await lockCompany(tx, session.companyId)
      const member = await lockMember(tx, session.companyId, id)
      if (!member) throw new Problem('not-found')
      requireAuthorityOver(session, member)
      await deed(tx, member)
      const after = await findMember(tx, session.companyId, id)
      return viewEmployee(tx, session, after ?? member, deps.clock.now())
    })
    .catch(inOurWords)

/**
 * Puts somebody out of the company: their sessions in it, sign-ins under way and invitations end with it. Fine to
 * repeat.
 * @throws Problem `not-found`, `not-allowed`, `not-yourself`, `last-security-admin`
 */
export const deactivateEmployee = async (deps: Deps, caller: Caller, session: ActingSession, id: string) => {
  if (id === session.personId) throw new Problem('not-yourself')
  return changing(deps, session, id, (db, member) => putOut(db, deps, caller, session, member))
}

/** In the caller's transaction, which holds company and member. */
export const putOut = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  { membershipId, personId, joinedAt }: MemberRow,
) => {
  const now = deps.clock.now()
  if (!(await write.deactivate(db, membershipId, now))) return
  // Whoever was only invited has nothing open here, and what they have elsewhere is not the inviter's to end.
  if (joinedAt !== null) await attempts.endAll(db, personId, now)
  const ended = joinedAt === null ? 0 : await write.endSessions(db, personId, actor.companyId, now)
  await write.voidLinks(db, personId, ['invitation'], now, actor.companyId)
  await record(db, now, caller, {
    event: 'employee.deactivated',
    ...byActor(actor, personId),
    detail: { ended },
  })
}

/**
 * Lets somebody back in as what they were, without any new grace: what was asked of them is asked still.
 * Giving an admin role back is as sensitive as giving it.
 * @throws Problem `not-found`, `not-allowed`, `step-up-required`, `needs-own-factor`
 */
export const reactivateEmployee = async (deps: Deps, caller: Caller, session: ActingSession, id: string) =>
  changing(deps, session, id, async (db, member) => {
    if (member.role !== 'employee') await requireProven(deps, session)
    await letBackIn(db, deps, caller, session, member)
  })

/** In the caller's transaction, which holds company and member. */
export const letBackIn = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  { membershipId, personId }: MemberRow,
) => {
  if (!(await write.reactivate(db, membershipId))) return
  await record(db, deps.clock.now(), caller, { event: 'employee.reactivated', ...byActor(actor, personId) })
}
