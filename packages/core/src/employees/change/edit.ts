import type { EditEmployee, EmployeeView } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import {
  findMember,
  isShared,
  lockCompany,
  lockMember,
  type MemberRow,
} from '../../db/stores/employees/read.ts'
import * as write from '../../db/stores/employees/write.ts'
import type { Caller, Deps } from '../../deps.ts'
import { type ActingSession, type Actor, byActor } from '../../people/acting.ts'
import { requireProven } from '../../people/proven.ts'
import { Problem } from '../../problem.ts'
import { requireAuthorityOver, requireMayGrant } from '../authority.ts'
import { inOurWords } from '../refusals.ts'
import { tellNumber, tellRole } from '../tell.ts'
import { viewEmployee } from '../view.ts'
import { changeEmail } from './change-email.ts'
import { numberOnFile } from './number-on-file.ts'

/** A change of a member with the number looked up. */
export type Edit = Omit<EditEmployee, 'mobileNumber'> & { number: write.NumberOnFile | null | undefined }

/**
 * Saves what an admin changed of an employee, all of it or nothing. Role, address and number need a fresh second
 * factor. The version that was read has to be the current one: the second of two admins is told.
 * @throws Problem `step-up-required`, `needs-own-factor`, `not-found`, `conflict`, `not-allowed`, `client-role`,
 * `several-companies`, `email-taken`, `last-security-admin`, `phone-…`
 */
export const editEmployee = async (
  deps: Deps,
  caller: Caller,
  session: ActingSession,
  id: string,
  { mobileNumber, ...typed }: EditEmployee,
): Promise<EmployeeView> => {
  const sensitive = typed.role !== undefined || typed.email !== undefined || mobileNumber !== undefined
  // Whoever is not there, or not theirs to change, is so before anything is asked of the admin.
  const seen = await findMember(deps.sql, session.companyId, id)
  if (!seen) throw new Problem('not-found')
  requireAuthorityOver(session, seen)
  if (sensitive) await requireProven(deps, session)
  const edit = { ...typed, number: await numberOnFile(deps, mobileNumber) }
  const saved = (tx: Db) => saveEdit(tx, deps, caller, session, id, edit)
  return deps.sql.begin(saved).catch(inOurWords)
}

/** In the caller's transaction. The version has to be the current one. @throws Problem as `editEmployee`, bar proofs */
export const saveEdit = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  id: string,
  edit: Edit,
): Promise<EmployeeView> => {
  if (edit.role !== undefined) await lockCompany(db, actor.companyId)
  const before = await lockMember(db, actor.companyId, id)
  if (!before) throw new Problem('not-found')
  if (before.version !== edit.version) throw new Problem('conflict')
  requireAuthorityOver(actor, before)
  if (edit.role !== undefined) requireMayGrant(actor, edit.role, before.accountType)
  await changeIdentity(db, actor, before, edit)
  await changeStanding(db, deps, caller, actor, before, edit)
  const personId = await changeAddress(db, deps, caller, actor, before, edit)
  await record(db, deps.clock.now(), caller, {
    event: 'employee.changed',
    ...byActor(actor, personId),
    detail: detailOf(before, edit),
  })
  const after = await findMember(db, actor.companyId, personId)
  if (!after) throw new Error('A member who was just changed is not there')
  return viewEmployee(db, actor, after, deps.clock.now())
}

const changeIdentity = async (db: Db, actor: Actor, before: MemberRow, { name, email }: Edit) => {
  if (name === undefined && email === undefined) return
  if (before.joinedAt !== null && (await isShared(db, before, actor.companyId)))
    throw new Problem('several-companies', {
      fields: { [name === undefined ? 'email' : 'name']: 'several-companies' },
    })
  if (name !== undefined && before.joinedAt !== null) await write.rename(db, before.personId, name)
}

/** What the company keeps of a member: the role, the number, and the name of somebody who has not joined. */
const changeStanding = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  before: MemberRow,
  { name, role, number }: Edit,
) => {
  const joined = before.joinedAt !== null
  await write.change(db, before.membershipId, {
    ...(name !== undefined && !joined && { invitedName: name }),
    ...(role !== undefined && { role }),
    ...(number !== undefined && { number }),
  })
  if (role !== undefined && role !== before.role && joined) {
    // What a actor may do has changed, so it begins anew; the one that is acting goes on (ASVS 7.4).
    await write.endSessions(db, before.personId, actor.companyId, deps.clock.now(), actor.id)
    await tellRole(db, deps, caller, actor, before, role)
  }
  if (number !== undefined && (number?.e164 ?? null) !== before.mobileNumber && joined)
    await tellNumber(db, deps, caller, actor, before, number?.e164 ?? null)
}

const changeAddress = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  before: MemberRow,
  { name, email }: Edit,
): Promise<string> =>
  email === undefined || email === before.email
    ? before.personId
    : changeEmail(db, deps, caller, actor, { ...before, name: name ?? before.name }, email)

/** Which fields, and the roles; never a number or an address. */
const detailOf = (before: MemberRow, { name, email, role, number }: Edit) => ({
  fields: Object.entries({ name, email, role, mobileNumber: number })
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field)
    .join(', '),
  ...(role !== undefined && { roleBefore: before.role, roleAfter: role }),
})
