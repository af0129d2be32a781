import { type EmployeeRow, type EmployeeView, roles } from '@countersign/contract'
import { after } from '../clock.ts'
import type { Db } from '../db/connect.ts'
import { isShared, type MemberRow, type StatusFacts, statusFacts } from '../db/stores/employees/read.ts'
import { factors } from '../factors/registry.ts'
import { type Actor, isAtLeast } from '../people/acting.ts'
import { parameters } from '../policy/parameters.ts'
import { type Status, type StatusInput, statusOf } from '../policy/status.ts'

/** Factors that are no second one by themselves. */
export const recoveryFactors: string[] = factors
  .filter((factor) => factor.about.role === 'recovery')
  .map((factor) => factor.name)

/**
 * What decides for a member. Before they joined it is the invitation alone: what else the account behind the
 * address belongs to and holds is not this company's to see.
 */
const statusInput = (member: MemberRow, facts: StatusFacts, companyId: string, now: Date): StatusInput => {
  const joined = member.joinedAt !== null
  const counting = facts.policies.filter(
    (row) => row.personId === member.personId && ((joined && row.active) || row.companyId === companyId),
  )
  return {
    deactivatedAt: member.deactivatedAt,
    memberships: counting.map(({ accountType, remindAt, addedAt, ...row }) => ({
      accountType,
      remindAt,
      addedAt,
      policy: { id: row.companyId, name: row.companyName, usesDuo: false, ...row },
    })),
    factors: joined ? facts.factors.filter((row) => row.personId === member.personId) : [],
    passcodeDue: false,
    now,
  }
}

/** Rows of the directory with the status that the deciding function gives each. */
export const viewMembers = async (
  db: Db,
  companyId: string,
  members: MemberRow[],
  now: Date,
): Promise<{ member: MemberRow; status: Status; row: EmployeeRow }[]> => {
  if (members.length === 0) return []
  const facts = await statusFacts(
    db,
    members.map((one) => one.personId),
    recoveryFactors,
  )
  return members.map((member) => {
    const status = statusOf(statusInput(member, facts, companyId, now))
    return { member, status, row: rowOf(member, status) }
  })
}

const rowOf = (member: MemberRow, status: Status): EmployeeRow => ({
  id: member.personId,
  name: member.name,
  email: member.email,
  mobileNumber: member.mobileNumber,
  role: member.role,
  accountType: member.accountType,
  status: { kind: status.kind, since: status.since?.toISOString() ?? null },
  invitedUntil:
    member.joinedAt === null && member.invitedAt && member.deactivatedAt === null
      ? after(member.invitedAt, parameters.invitation.life).toISOString()
      : null,
  lastSignInAt: member.lastSignInAt?.toISOString() ?? null,
  version: member.version,
})

/** The row with what this admin may do about it. */
export const viewEmployee = async (
  db: Db,
  actor: Actor,
  member: MemberRow,
  now: Date,
): Promise<EmployeeView> => {
  const [viewed] = await viewMembers(db, actor.companyId, [member], now)
  if (!viewed) throw new Error('A member without a row')
  const shared = member.joinedAt !== null && (await isShared(db, member, actor.companyId))
  const edit = isAtLeast(actor.role, member.role)
  const self = member.personId === actor.personId
  return {
    ...viewed.row,
    identity: shared ? 'several-companies' : 'editable',
    may: {
      edit,
      deactivate: self ? 'not-yourself' : edit ? 'yes' : 'not-allowed',
      roles:
        member.accountType === 'client' ? ['employee'] : roles.filter((role) => isAtLeast(actor.role, role)),
    },
  }
}
