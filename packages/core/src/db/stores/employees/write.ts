import type { AccountType, Role } from '@countersign/contract'
import type { LineType } from '../../../gateways/texts.ts'
import type { Db } from '../../connect.ts'

export type NumberOnFile = { e164: string; lineType: LineType | null }

export type MemberChange = {
  invitedName?: string
  role?: Role
  number?: NumberOnFile | null
}

/** Writes what changed and counts the edit; the caller holds the row and read its version. */
export const change = async (db: Db, membershipId: string, to: MemberChange) => {
  await db`
    update memberships set version = version + 1,
      invited_name = coalesce(${to.invitedName ?? null}, invited_name),
      role = coalesce(${to.role ?? null}, role),
      mobile_number = case when ${to.number !== undefined} then ${to.number?.e164 ?? null} else mobile_number end,
      line_type = case when ${to.number !== undefined} then ${to.number?.lineType ?? null} else line_type end
    where id = ${membershipId}`
}

export const rename = (db: Db, personId: string, name: string) =>
  db`update persons set name = ${name} where id = ${personId}`

/** An address that somebody else wrote: nobody has shown yet that it is the person's. */
export const setEmail = (db: Db, personId: string, email: string) =>
  db`update persons set email = ${email}, email_proven_at = null where id = ${personId}`

/** The person behind an address, made now if there is none: without a password until they answer. */
export const personFor = async (db: Db, email: string, name: string, now: Date): Promise<string> => {
  const [row] = await db<{ id: string }[]>`
    with made as (
      insert into persons (name, email, created_at) values (${name}, ${email}, ${now})
      on conflict (lower(email)) do nothing returning id
    )
    select id from made union all select id from persons where lower(email) = lower(${email}) limit 1`
  if (row) return row.id
  // Made by somebody else while we waited for them: visible to the next statement.
  const [theirs] = await db<{ id: string }[]>`select id from persons where lower(email) = lower(${email})`
  if (!theirs) throw new Error('A person neither made nor found')
  return theirs.id
}

/** @returns false when they are a member of the company already */
export const invite = async (
  db: Db,
  member: {
    companyId: string
    personId: string
    name: string
    role: Role
    accountType: AccountType
    number: NumberOnFile | null
    now: Date
  },
): Promise<boolean> => {
  const rows = await db`
    insert into memberships (company_id, person_id, role, account_type, mobile_number, line_type, invited_name, invited_at,
      created_at)
    values (${member.companyId}, ${member.personId}, ${member.role}, ${member.accountType}, ${member.number?.e164 ?? null},
      ${member.number?.lineType ?? null}, ${member.name}, ${member.now}, ${member.now})
    on conflict (company_id, person_id) do nothing returning id`
  return rows.length === 1
}

export const invitedAgain = (db: Db, membershipId: string, now: Date) =>
  db`update memberships set invited_at = ${now}, version = version + 1 where id = ${membershipId}`

/** An invitation goes to another address: another person, since nothing was agreed with the first. */
export const readdress = async (db: Db, membershipId: string, personId: string): Promise<boolean> => {
  const rows = await db`
    update memberships m set person_id = ${personId}, version = version + 1
    where m.id = ${membershipId} and m.joined_at is null
      and not exists (select 1 from memberships o where o.company_id = m.company_id and o.person_id = ${personId})
    returning id`
  return rows.length === 1
}

/** Forgets an address that was invited by mistake, unless an account or another company knows it. */
export const forgetUninvited = async (db: Db, personId: string) => {
  const unknown = db`
    select id from persons p where id = ${personId} and password_hash is null
      and not exists (select 1 from memberships where person_id = p.id)`
  await db`delete from links where person_id in (${unknown})`
  await db`delete from persons where id in (${unknown})`
}

/** Voids what was mailed to an address that is no longer theirs, or for a company that no longer wants them. */
export const voidLinks = (
  db: Db,
  personId: string,
  kinds: string[],
  now: Date,
  companyId: string | null = null,
) => db`
  update links set used_at = ${now}
  where person_id = ${personId} and kind = any(${kinds}::text[]) and used_at is null
    and (${companyId}::uuid is null or company_id = ${companyId})`

/** Joins by an invitation. @returns false when it was withdrawn meanwhile */
export const join = async (db: Db, companyId: string, personId: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update memberships set joined_at = ${now}, version = version + 1
    where company_id = ${companyId} and person_id = ${personId} and joined_at is null and deactivated_at is null
    returning id`
  return rows.length === 1
}

/** @returns false when it was so already */
export const deactivate = async (db: Db, membershipId: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update memberships set deactivated_at = ${now}, remind_at = null, version = version + 1
    where id = ${membershipId} and deactivated_at is null returning id`
  return rows.length === 1
}

/** Without any new grace: reminders stay spent, and what was overdue still is. */
export const reactivate = async (db: Db, membershipId: string): Promise<boolean> => {
  const rows = await db`
    update memberships set deactivated_at = null, remind_at = null, version = version + 1
    where id = ${membershipId} and deactivated_at is not null returning id`
  return rows.length === 1
}

/** Ends what a person has open in one company, and what has not chosen one. @returns how many ended */
export const endSessions = async (
  db: Db,
  personId: string,
  companyId: string,
  now: Date,
  except: string | null = null,
): Promise<number> => {
  const rows = await db`
    update sessions set ended_at = ${now}
    where person_id = ${personId} and (company_id = ${companyId} or company_id is null) and ended_at is null
      and id is distinct from ${except} returning id`
  return rows.length
}
