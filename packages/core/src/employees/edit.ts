import type { EditEmployee, EmployeeView } from '@countersign/contract'
import { record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import { findMember, isShared, lockCompany, lockMember, type MemberRow } from '../db/stores/employees/read.ts'
import * as write from '../db/stores/employees/write.ts'
import type { Caller, Deps } from '../deps.ts'
import { type ActingSession, byActor } from '../people/acting.ts'
import { requireProven } from '../people/proven.ts'
import { Problem } from '../problem.ts'
import { requireAuthorityOver, requireMayGrant } from './authority.ts'
import { changeEmail } from './change-email.ts'
import { numberOnFile } from './number-on-file.ts'
import { inOurWords } from './refusals.ts'
import { tellNumber, tellRole } from './tell.ts'
import { viewEmployee } from './view.ts'

type Edit = Omit<EditEmployee, 'mobileNumber'> & { number: write.NumberOnFile | null | undefined }

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
  const saved = (tx: Db) => save(tx, deps, caller, session, id, edit)
  return deps.sql.begin(saved).catch(inOurWords)
}

const save = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  session: ActingSession,
  id: string,
  edit: Edit,
): Promise<EmployeeView> => {
  if (edit.role !== undefined) await lockCompany(db, session.companyId)
  const before = await lockMember(db, session.companyId, id)
  if (!before) throw new Problem('not-found')
  if (before.version !== edit.version) throw new Problem('conflict')
  requireAuthorityOver(session, before)
  if (edit.role !== undefined) requireMayGrant(session, edit.role, before.accountType)
  await changeIdentity(db, session, before, edit)
  await changeStanding(db, deps, caller, session, before, edit)
  const personId = await changeAddress(db, deps, caller, session, before, edit)
  await record(db, deps.clock.now(), caller, {
    event: 'employee.changed',
    ...byActor(session, personId),
    detail: detailOf(before, edit),
  })
  const after = await findMember(db, session.companyId, personId)
  if (!after) throw new Error('A member who was just changed is not there')
  return viewEmployee(db, session, after, deps.clock.now())
}

const changeIdentity = async (db: Db, session: ActingSession, before: MemberRow, { name, email }: Edit) => {
  if (name === undefined && email === undefined) return
  if (before.joinedAt !== null && (await isShared(db, before, session.companyId)))
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
  session: ActingSession,
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
    // What a session may do has changed, so it begins anew; the one that is acting goes on (ASVS 7.4).
    await write.endSessions(db, before.personId, session.companyId, deps.clock.now(), session.id)
    await tellRole(db, deps, caller, session, before, role)
  }
  if (number !== undefined && (number?.e164 ?? null) !== before.mobileNumber && joined)
    await tellNumber(db, deps, caller, session, before, number?.e164 ?? null)
}

const changeAddress = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  session: ActingSession,
  before: MemberRow,
  { name, email }: Edit,
): Promise<string> =>
  email === undefined || email === before.email
    ? before.personId
    : changeEmail(db, deps, caller, session, { ...before, name: name ?? before.name }, email)

/** Which fields, and the roles; never a number or an address. */
const detailOf = (before: MemberRow, { name, email, role, number }: Edit) => ({
  fields: Object.entries({ name, email, role, mobileNumber: number })
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field)
    .join(', '),
  ...(role !== undefined && { roleBefore: before.role, roleAfter: role }),
})
