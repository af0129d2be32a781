import type { AccountType, Role } from '@countersign/contract'
import type { Db } from '../../connect.ts'

/** A member as the directory shows it; before they joined, under the name the company typed. */
export type MemberRow = {
  membershipId: string
  personId: string
  name: string
  email: string
  mobileNumber: string | null
  role: Role
  accountType: AccountType
  invitedAt: Date | null
  joinedAt: Date | null
  deactivatedAt: Date | null
  lastSignInAt: Date | null
  createdAt: Date
  version: number
}

const columns = (db: Db) => db`
  m.id as membership_id, m.person_id, case when m.joined_at is null then coalesce(m.invited_name, p.name) else p.name end as name,
  p.email, m.mobile_number, m.role, m.account_type, m.invited_at, m.joined_at, m.deactivated_at, m.last_sign_in_at,
  m.created_at, m.version`

export const findMember = async (db: Db, companyId: string, personId: string): Promise<MemberRow | null> => {
  const [row] = await db<MemberRow[]>`
    select ${columns(db)} from memberships m join persons p on p.id = m.person_id
    where m.company_id = ${companyId} and m.person_id = ${personId}`
  return row ?? null
}

export const findMembers = (db: Db, companyId: string, personIds: string[]) => db<MemberRow[]>`
  select ${columns(db)} from memberships m join persons p on p.id = m.person_id
  where m.company_id = ${companyId} and m.person_id = any(${personIds}::uuid[])`

/** One of them, held until the transaction ends. */
export const lockMember = async (db: Db, companyId: string, personId: string): Promise<MemberRow | null> => {
  const [row] = await db<MemberRow[]>`
    select ${columns(db)} from memberships m join persons p on p.id = m.person_id
    where m.company_id = ${companyId} and m.person_id = ${personId} for update of m`
  return row ?? null
}

/** One change of a company's admins after the other, so that the last of them can be counted. */
export const lockCompany = (db: Db, companyId: string) =>
  db`select id from companies where id = ${companyId} for no key update`

/** Whether the person ever joined another company too: then name and address are not this one's to change. */
export const isShared = async (db: Db, member: MemberRow, companyId: string): Promise<boolean> => {
  const [row] = await db`
    select 1 from memberships where person_id = ${member.personId} and company_id <> ${companyId} and joined_at is not null limit 1`
  return row !== undefined
}

/** What `statusOf` looks at, for several people at once. */
export type StatusFacts = {
  policies: {
    personId: string
    companyId: string
    companyName: string
    accountType: AccountType
    remindAt: Date | null
    addedAt: Date
    active: boolean
    requiredAt: Date | null
    requiredFrom: Date | null
    announcedAt: Date | null
  }[]
  factors: { personId: string; locked: boolean }[]
}

/** @param recovery names of factors that do not count as a second one */
export const statusFacts = async (db: Db, personIds: string[], recovery: string[]): Promise<StatusFacts> => {
  const [policies, factors] = await Promise.all([
    db<StatusFacts['policies']>`
      select m.person_id, m.company_id, c.name as company_name, m.account_type, m.remind_at, m.created_at as added_at,
        m.joined_at is not null and m.deactivated_at is null as active, c.required_at, c.required_from, c.announced_at
      from memberships m join companies c on c.id = m.company_id where m.person_id = any(${personIds}::uuid[])`,
    db<StatusFacts['factors']>`
      select person_id, locked_at is not null as locked from authenticators
      where person_id = any(${personIds}::uuid[]) and added_at is not null and removed_at is null
        and factor <> all(${recovery}::text[])`,
  ])
  return { policies, factors }
}
