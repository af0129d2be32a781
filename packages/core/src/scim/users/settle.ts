import type { Db } from '../../db/connect.ts'
import { findMember, lockMember } from '../../db/stores/employees/read.ts'
import { invitedAgain } from '../../db/stores/employees/write.ts'
import * as members from '../../db/stores/scim/members.ts'
import type { Caller, Deps } from '../../deps.ts'
import { letBackIn, putOut } from '../../employees/change/deactivate.ts'
import { saveEdit } from '../../employees/change/edit.ts'
import { mailInvitation } from '../../employees/invite/invitation.ts'
import { countMail } from '../../mail/count-mail.ts'
import type { Actor } from '../../people/acting.ts'
import { Problem } from '../../problem.ts'
import { type Wanted, writtenIn } from './change.ts'

/**
 * Makes a member what the directory wants, by the same steps as Manage Employees; the caller holds the company.
 * Address and number of an admin are not a directory's to change: they lead to the admin's account, and whoever
 * stole the token must not become one.
 * @throws Problem `conflict`, `not-allowed`, `email-taken`, `several-companies`, `last-security-admin`, `too-many-requests`
 */
export const settle = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  row: members.ScimRow,
  wanted: Wanted,
): Promise<members.ScimRow> => {
  const { companyId } = actor
  const held = await lockMember(db, companyId, row.personId)
  if (!held || held.version !== row.version) throw new Problem('conflict')
  const edit = differences(row, wanted)
  if (row.role !== 'employee' && (edit.email !== undefined || edit.number !== undefined))
    throw new Problem('not-allowed', {
      detail: 'Address and mobile number of an administrator are changed in Manage Employees.',
    })
  await members.save(db, companyId, row.membershipId, writtenIn(wanted.user))
  let personId = row.personId
  if (Object.keys(edit).length > 0)
    personId = (
      await saveEdit(db, deps, caller, actor, personId, {
        version: row.version,
        number: undefined,
        ...edit,
      })
    ).id
  else await members.countEdit(db, row.membershipId)
  await changeActive(db, deps, caller, actor, personId, wanted.user.active)
  return found(db, companyId, row.membershipId)
}

const differences = (row: members.ScimRow, { name, email, number }: Wanted) => ({
  ...(name !== row.name && { name }),
  ...(email.toLowerCase() !== row.email.toLowerCase() && { email }),
  ...(number !== undefined && (number?.e164 ?? null) !== row.mobileNumber && { number }),
})

const changeActive = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  personId: string,
  active: boolean | undefined,
) => {
  const member = await findMember(db, actor.companyId, personId)
  if (!member) throw new Problem('not-found')
  if (active === false) return putOut(db, deps, caller, actor, member)
  if (active !== true || member.deactivatedAt === null) return
  // An admin role is given by a person with a second factor, so a directory brings nobody back as one.
  if (member.role !== 'employee')
    await saveEdit(db, deps, caller, actor, personId, {
      version: member.version,
      role: 'employee',
      number: undefined,
    })
  if (member.joinedAt === null) {
    await countMail(db, deps, actor.companyId, member.email)
    await invitedAgain(db, member.membershipId, deps.clock.now())
    await mailInvitation(db, deps, actor, { id: personId, email: member.email, name: member.name })
  }
  await letBackIn(db, deps, caller, actor, member)
}

export const found = async (db: Db, companyId: string, id: string): Promise<members.ScimRow> => {
  const row = await members.findUser(db, companyId, id)
  if (!row) throw new Error('A member who was just changed is not there')
  return row
}
