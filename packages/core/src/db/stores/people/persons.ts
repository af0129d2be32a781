import type { AccountType, Role } from '@countersign/contract'
import type { CompanyPolicy } from '../../../policy/decide.ts'
import { Problem } from '../../../problem.ts'
import type { Db } from '../../connect.ts'

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
  usesDuo: boolean
}

/** @param email in the canonical form that throttles count by, so that no other spelling finds the same person */
export const findByEmail = async (db: Db, email: string): Promise<PersonRow | null> => {
  const [row] = await db<PersonRow[]>`
    select id, name, email, password_hash from persons where lower(email) = ${email}`
  return row ?? null
}

/** Who hears of something about an address; one read, whether it is known or not. */
export const companiesOf = async (
  db: Db,
  email: string,
): Promise<{ personId: string | null; companyIds: string[] }> => {
  const rows = await db<{ personId: string; companyId: string | null }[]>`
    select p.id as person_id, m.company_id
    from persons p left join memberships m on m.person_id = p.id and m.joined_at is not null and m.deactivated_at is null
    where lower(p.email) = ${email} order by m.company_id`
  const companyIds = rows.flatMap((row) => (row.companyId ? [row.companyId] : []))
  return { personId: rows[0]?.personId ?? null, companyIds }
}

/**
 * One change of a person's factors at a time. Not FOR UPDATE: sessions refer to the person, and one that opens at
 * this moment would wait for us while we wait for its authenticator.
 */
export const lock = async (db: Db, id: string) => {
  await db`select id from persons where id = ${id} for no key update`
}

export const find = async (db: Db, id: string): Promise<PersonRow | null> => {
  const [row] = await db<PersonRow[]>`select id, name, email, password_hash from persons where id = ${id}`
  return row ?? null
}

/** A person's active memberships, in order of company id. */
export const activeMemberships = (db: Db, personId: string) => db<MembershipRow[]>`
  select m.id, m.company_id, c.name as company_name, m.role, m.account_type, m.mobile_number, m.remind_at,
    c.required_at, c.required_from,
    exists (select 1 from duo_settings d where d.company_id = c.id and d.reset_at is null) as uses_duo
  from memberships m join companies c on c.id = m.company_id
  where m.person_id = ${personId} and m.joined_at is not null and m.deactivated_at is null
  order by m.company_id`

export const policyOf = (row: MembershipRow): CompanyPolicy => ({
  id: row.companyId,
  name: row.companyName,
  requiredAt: row.requiredAt,
  requiredFrom: row.requiredFrom,
  usesDuo: row.usesDuo,
})

/** "Remind me later" was said by somebody without a factor; it must not outlive that (security invariant 4). */
export const endReminders = async (db: Db, id: string) => {
  await db`update memberships set remind_at = null where person_id = ${id} and remind_at is not null`
}

/** The person acted on something that was mailed to their address. */
export const proveEmail = async (db: Db, id: string, now: Date) => {
  await db`update persons set email_proven_at = ${now} where id = ${id}`
}

/** A new address, from which they answered. @throws Problem `email-taken` when somebody else took it at this moment */
export const setEmail = async (db: Db, id: string, email: string, now: Date) => {
  try {
    await db`update persons set email = ${email}, email_proven_at = ${now} where id = ${id}`
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name === 'persons_email')
      throw new Problem('email-taken')
    throw error
  }
}

export const setPassword = async (db: Db, id: string, hash: string, now: Date, byMail = false) => {
  await db`
    update persons set password_hash = ${hash}, password_changed_at = ${now},
      password_reset_at = case when ${byMail} then ${now} else password_reset_at end,
      email_proven_at = case when ${byMail} then ${now} else email_proven_at end
    where id = ${id}`
}
