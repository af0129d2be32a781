import type { AccountType } from '@countersign/contract'
import type { Db } from '../../connect.ts'

/** Somebody an admin looks after, found by the admin's own company only. */
export type LookedAfter = {
  id: string
  name: string
  email: string
  /** Or not joined yet: nobody of theirs to look after. */
  deactivated: boolean
  /** A client account in this or any other company. */
  client: boolean
  companyIds: string[]
  companyName: string
  passcodeMinutes: number
  twoPartPasscodes: boolean
}

export const find = async (db: Db, companyId: string, personId: string): Promise<LookedAfter | null> => {
  const [row] = await db<(LookedAfter & { accountType: AccountType })[]>`
    select p.id, p.name, p.email, m.deactivated_at is not null or m.joined_at is null as deactivated, c.name as company_name,
      c.passcode_minutes, c.two_part_passcodes,
      exists (select 1 from memberships k where k.person_id = p.id and k.account_type = 'client'
        and (k.joined_at is not null and k.deactivated_at is null or k.company_id = m.company_id)) as client,
      array(select k.company_id from memberships k
        where k.person_id = p.id and k.joined_at is not null and k.deactivated_at is null
        order by k.company_id) as company_ids
    from memberships m join persons p on p.id = m.person_id join companies c on c.id = m.company_id
    where m.company_id = ${companyId} and m.person_id = ${personId}`
  return row ?? null
}

export type SecurityAdminRow = {
  id: string
  name: string
  email: string
  companyId: string
  companyName: string
}

/** The Security Admins of these companies, by name. */
export const securityAdmins = (db: Db, companyIds: string[]) => db<SecurityAdminRow[]>`
  select p.id, p.name, p.email, m.company_id, c.name as company_name
  from memberships m join persons p on p.id = m.person_id join companies c on c.id = m.company_id
  where m.company_id = any(${companyIds}::uuid[]) and m.role = 'security_admin' and m.joined_at is not null
    and m.deactivated_at is null
  order by p.name`

/** Whether somebody holds a second factor that works. */
export const hasFactor = async (db: Db, personId: string): Promise<boolean> => {
  const rows = await db`
    select 1 from authenticators where person_id = ${personId} and added_at is not null and removed_at is null
      and locked_at is null and expires_at is null and factor <> 'recovery-codes' limit 1`
  return rows.length === 1
}
