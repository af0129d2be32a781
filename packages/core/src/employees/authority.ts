import type { AccountType, Role } from '@countersign/contract'
import type { MemberRow } from '../db/stores/employees/read.ts'
import { type ActingSession, isAtLeast } from '../people/acting.ts'
import { Problem } from '../problem.ts'

/** Nobody touches somebody more powerful than themselves (attack A-60). @throws Problem `not-allowed` */
export const requireAuthorityOver = (
  session: Pick<ActingSession, 'role'>,
  member: Pick<MemberRow, 'role'>,
) => {
  if (!isAtLeast(session.role, member.role)) throw new Problem('not-allowed')
}

/**
 * Nobody makes anybody, themselves included, more powerful than they are; a client account holds no admin role.
 * @throws Problem `not-allowed`, `client-role`
 */
export const requireMayGrant = (
  session: Pick<ActingSession, 'role'>,
  role: Role,
  accountType: AccountType,
) => {
  if (!isAtLeast(session.role, role)) throw new Problem('not-allowed', { fields: { role: 'not-allowed' } })
  if (accountType === 'client' && role !== 'employee')
    throw new Problem('client-role', { fields: { role: 'client-role' } })
}
