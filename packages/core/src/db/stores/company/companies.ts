import type { AccountType, FactorName, Role } from '@countersign/contract'
import type { Db } from '../../connect.ts'
import { holdsFactor, isSecondFactor } from '../factors/second-factors.ts'

export type CompanyRow = {
  id: string
  name: string
  requiredAt: Date | null
  requiredFrom: Date | null
  announcedAt: Date | null
}

const columns = (db: Db) => db`id, name, required_at, required_from, announced_at`

export const find = async (db: Db, id: string): Promise<CompanyRow | null> => {
  const [row] = await db<CompanyRow[]>`select ${columns(db)} from companies where id = ${id}`
  return row ?? null
}

/** Reads a company and keeps it as it is until the transaction ends. */
export const lock = async (db: Db, id: string): Promise<CompanyRow | null> => {
  const [row] = await db<CompanyRow[]>`select ${columns(db)} from companies where id = ${id} for update`
  return row ?? null
}

/**
 * Whether one of these companies requires a second factor, held true until the transaction ends: whoever turns
 * the requirement on waits for this transaction, so that none of its sessions slips in behind (invariant 3).
 */
export const requiresAny = async (db: Db, ids: string[], now: Date): Promise<boolean> => {
  const rows = await db<{ required: boolean }[]>`
    select (required_at is not null or coalesce(required_from <= ${now}, false)) as required
    from companies where id = any(${ids}::uuid[]) order by id for share`
  return rows.length < ids.length || rows.some((row) => row.required)
}

/** Companies whose announced date has come and is not yet written down as a requirement. */
export const due = (db: Db, now: Date) => db<{ id: string }[]>`
  select id from companies where required_at is null and required_from <= ${now} order by id`

export const announced = (db: Db, now: Date) => db<
  { id: string; name: string; requiredFrom: Date; announcedAt: Date }[]
>`
  select id, name, required_from, announced_at from companies
  where required_at is null and required_from > ${now} order by id`

/** Off to on, once. False when it was on already. */
export const putRequired = async (db: Db, id: string, by: string | null, at: Date): Promise<boolean> => {
  const rows = await db`
    update companies set required_at = ${at}, required_by = ${by} where id = ${id} and required_at is null returning id`
  return rows.length === 1
}

export const putAnnounced = async (db: Db, id: string, from: Date | null, now: Date) => {
  await db`
    update companies set required_from = ${from}, announced_at = ${from && now} where id = ${id} and required_at is null`
}

/** Sessions of the company's people that no second factor stands behind. */
const unproven = (db: Db, companyId: string, now: Date) => db`
  from memberships m
  where m.company_id = ${companyId} and m.joined_at is not null and m.deactivated_at is null
    and s.person_id = m.person_id and s.ended_at is null and s.expires_at > ${now}
    and (s.aal = 1 or not ${holdsFactor(db, db`s.person_id`)})`

export const countUnproven = async (db: Db, companyId: string, now: Date): Promise<number> => {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from sessions s where exists (select 1 ${unproven(db, companyId, now)})`
  return row?.count ?? 0
}

/** Ends them, and what is on the way to become one without a factor. */
export const endUnproven = async (db: Db, companyId: string, now: Date): Promise<number> => {
  await db`
    update sign_in_attempts a set ended_at = ${now} from memberships m
    where m.company_id = ${companyId} and m.joined_at is not null and m.deactivated_at is null
      and a.person_id = m.person_id and a.ended_at is null and a.factor_at is null
      and a.outcome in ('remind', 'let-in', 'skip')`
  const rows = await db`
    update sessions s set ended_at = ${now} ${unproven(db, companyId, now)} returning s.id`
  return rows.length
}

/** A member as far as the next sign-in goes; second factors of theirs by name, recovery codes not among them. */
export type StandingRow = {
  personId: string
  name: string
  email: string
  role: Role
  accountType: AccountType
  mobileNumber: string | null
  joinedAt: Date | null
  remindAt: Date | null
  invitationLive: boolean
  factors: { factor: FactorName; locked: boolean }[]
  /** Belongs to another company too; looked up only where it matters, since Duo is for people of one. */
  several: boolean
}

export const usesDuo = async (db: Db, id: string): Promise<boolean> => {
  const rows = await db`select 1 from duo_settings where company_id = ${id} and reset_at is null`
  return rows.length > 0
}

/** Everybody who is or was invited to be in the company, in order of name. */
export const standings = (db: Db, companyId: string, duo: boolean, now: Date) => db<StandingRow[]>`
  select p.id as person_id, p.name, p.email, m.role, m.account_type, m.mobile_number, m.joined_at, m.remind_at,
    m.joined_at is null and exists (select 1 from links l where l.person_id = p.id and l.kind = 'invitation'
      and l.company_id = m.company_id and l.used_at is null and l.expires_at > ${now}) as invitation_live,
    coalesce(f.factors, '[]'::json) as factors,
    ${duo} and exists (select 1 from memberships o where o.person_id = p.id and o.company_id <> m.company_id
      and o.joined_at is not null and o.deactivated_at is null) as several
  from memberships m join persons p on p.id = m.person_id
  left join (
    select a.person_id, json_agg(json_build_object('factor', a.factor, 'locked', a.locked_at is not null)) as factors
    from authenticators a join memberships n on n.person_id = a.person_id and n.company_id = ${companyId}
      and n.joined_at is not null
    where ${isSecondFactor(db)}
    group by a.person_id
  ) f on f.person_id = p.id
  where m.company_id = ${companyId} and m.deactivated_at is null
  order by m.sort_name, m.person_id`
