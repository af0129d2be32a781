import type { AccountType, Role } from '@countersign/contract'
import type { CompanyPolicy } from '../../policy/decide.ts'
import type { Db } from '../connect.ts'

export type PersonRow = {
  id: string
  name: string
  email: string
  passwordHash: string | null
}

export type MembershipRow = {
  id: string
  companyId: string
  companyName: string
  role: Role
  accountType: AccountType
  mobileNumber: string | null
  remindAt: Date | null
  requiredAt: Date | null
  requiredFrom: Date | null
}

export const findByEmail = async (db: Db, email: string): Promise<PersonRow | null> => {
  const [row] = await db<PersonRow[]>`
    select id, name, email, password_hash from persons where lower(email) = lower(${email})`
  return row ?? null
}

export const find = async (db: Db, id: string): Promise<PersonRow | null> => {
  const [row] = await db<PersonRow[]>`select id, name, email, password_hash from persons where id = ${id}`
  return row ?? null
}

/** A person's active memberships, in order of company id. */
export const activeMemberships = (db: Db, personId: string) => db<MembershipRow[]>`
  select m.id, m.company_id, c.name as company_name, m.role, m.account_type, m.mobile_number, m.remind_at,
    c.required_at, c.required_from
  from memberships m join companies c on c.id = m.company_id
  where m.person_id = ${personId} and m.joined_at is not null and m.deactivated_at is null
  order by m.company_id`

export const policyOf = (row: MembershipRow): CompanyPolicy => ({
  id: row.companyId,
  name: row.companyName,
  requiredAt: row.requiredAt,
  requiredFrom: row.requiredFrom,
  usesDuo: false,
})

export const setPassword = async (db: Db, id: string, hash: string, now: Date, byMail = false) => {
  await db`
    update persons set password_hash = ${hash}, password_changed_at = ${now},
      password_reset_at = case when ${byMail} then ${now} else password_reset_at end
    where id = ${id}`
}
