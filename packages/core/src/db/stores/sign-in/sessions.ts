import { type AccountType, type Amr, notSecondFactors, type Role } from '@countersign/contract'
import type { Caller } from '../../../deps.ts'
import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'
import { together } from '../../together.ts'

/** A live session with who it is for, as every request needs it. */
export type LiveSession = {
  id: string
  personId: string
  name: string
  email: string
  companyId: string | null
  companyName: string | null
  /** The companies to choose from, in id order, until one is chosen; null afterwards. */
  openTo: string[] | null
  /** True where the person may switch to another company. */
  severalCompanies: boolean
  role: Role
  accountType: AccountType
  aal: 1 | 2
  amr: Amr[]
  factorAt: Date | null
  authenticatorId: string | null
  lastSeenAt: Date
  expiresAt: Date
}

/**
 * One indexed read by the hash of the cookie's token. Idle, over, ended, of a person deactivated, or of one without
 * a usable factor where any of their companies requires one by now: no row (security invariant 3).
 * Every request waits for it: one table (decision 15), and what few sessions need in functions,
 * which cost nothing where they are not called.
 */
export const findLive = (db: Db, tokenHash: Buffer, now: Date): Promise<LiveSession | null> =>
  liveByToken(db, { tokenHash, now })

/** The same of a session somebody else holds a token for: an application. */
export const findLiveById = (db: Db, id: string, now: Date): Promise<LiveSession | null> =>
  liveById(db, { id, now })

const selectLive = (which: string, now: string) => `
  select asked.asked, sessions.id, person_id, name, email, company_id, company_name, coalesce(role, 'employee') as role,
    coalesce(account_type, 'employee') as account_type, aal, amr, factor_at, authenticator_id, last_seen_at, expires_at,
    case when company_id is null then companies_open_to(person_id) end as open_to, companies > 1 as several_companies
  from asked join sessions on ${which}
  where ended_at is null and expires_at > ${now}
    and last_seen_at + idle_seconds * interval '1 second' > ${now}
    and case when company_id is null then companies > 0 else role is not null end
    and case when aal = 1 then one_factor_suffices(person_id, '{${notSecondFactors.join()}}', ${now}) else true end`

const liveByToken = together<LiveSession, { tokenHash: Buffer; now: Date }>(
  { tokenHash: 'bytea', now: 'timestamptz' },
  (from) => selectLive(`sessions.token_hash = ${from('asked').tokenHash}`, from('asked').now),
)
const liveById = together<LiveSession, { id: string; now: Date }>(
  { id: 'uuid', now: 'timestamptz' },
  (from) => selectLive(`sessions.id = ${from('asked').id}`, from('asked').now),
)

/** The chains that hear of what a session does: its company's, or before the choice those of all its companies. */
export const chainsOf = (session: Pick<LiveSession, 'companyId' | 'openTo'>): string[] =>
  session.companyId ? [session.companyId] : (session.openTo ?? [])

/** What a session has proven; whether it lives is its reader's question. */
export const findById = async (db: Db, id: string): Promise<Pick<LiveSession, 'aal' | 'factorAt'> | null> => {
  const [row] = await db<Pick<LiveSession, 'aal' | 'factorAt'>[]>`
    select aal, factor_at from sessions where id = ${id} and ended_at is null`
  return row ?? null
}

/** Keeps a session from idling; called at most once a minute for each. */
export const touch = async (db: Db, id: string, now: Date) => {
  await db`update sessions set last_seen_at = ${now} where id = ${id} and last_seen_at < ${now}`
}

/** Puts a live session into a company its person is an active member of, under a new token. */
export const enterCompany = async (
  db: Db,
  session: { id: string; personId: string },
  companyId: string,
  tokenHash: Buffer,
): Promise<boolean> => {
  const rows = await db`
    with held as (
      select m.company_id, m.role, m.account_type, c.name from memberships m join companies c on c.id = m.company_id
      where m.person_id = ${session.personId} and m.company_id = ${companyId} and m.joined_at is not null
        and m.deactivated_at is null for no key update of m
    )
    update sessions s set company_id = held.company_id, token_hash = ${tokenHash}, company_name = held.name,
      role = held.role, account_type = held.account_type
    from held where s.id = ${session.id} and s.ended_at is null and s.person_id = ${session.personId}
    returning s.id`
  return rows.length === 1
}

/** Raises a live session to aal 2 under a new token. False when it ended meanwhile. */
export const raise = async (
  db: Db,
  id: string,
  to: { tokenHash: Buffer; amr: Amr[]; authenticatorId: string; now: Date },
): Promise<boolean> => {
  const rows = await db`
    update sessions set token_hash = ${to.tokenHash}, aal = 2, factor_at = ${to.now}, authenticator_id = ${to.authenticatorId},
      amr = array(select distinct unnest(amr || ${to.amr}::text[]))
    where id = ${id} and ended_at is null returning id`
  return rows.length === 1
}

const { session: limits } = parameters

/** What a session is opened with. */
export type Opening = {
  tokenHash: Buffer
  authenticatorId: string | null
  now: Date
  expiresAt: Date
  address: string
  userAgent: string
}

/** As PostgreSQL calls them. */
export const openingTypes = {
  tokenHash: 'bytea',
  authenticatorId: 'uuid',
  now: 'timestamptz',
  expiresAt: 'timestamptz',
  address: 'text',
  userAgent: 'text',
} as const

export const opening = (session: {
  tokenHash: Buffer
  authenticatorId: string | null
  now: Date
  caller: Caller
}): Opening => ({
  tokenHash: session.tokenHash,
  authenticatorId: session.authenticatorId,
  now: session.now,
  expiresAt: new Date(session.now.getTime() + limits.life),
  address: session.caller.address,
  userAgent: session.caller.userAgent.slice(0, 256),
})

/** The part of a statement that notes when somebody signed in to the companies of a finished attempt. */
export const seeIn = (source: string, $: { now: string }) => `
  update memberships m set last_sign_in_at = ${$.now} from ${source} a
  where m.person_id = a.person_id and m.company_id = any(a.company_ids)
  returning m.person_id, m.company_id, m.role, m.account_type, m.joined_at, m.deactivated_at`

/**
 * The part of a statement that turns a finished attempt into a session. `source` yields finished attempts, of a
 * person one at most, `seen` the memberships they sign in to, written by the same statement: their lock keeps the role from changing under it.
 */
export const openFrom = (source: string, seen: string, $: { [Name in keyof Opening]: string }) => `
  insert into sessions (token_hash, person_id, name, email, company_id, company_name, role, account_type, companies,
    attempt_id, aal, amr, factor_at, authenticator_id, address, user_agent, idle_seconds, created_at, last_seen_at, expires_at)
  select ${$.tokenHash}::bytea, a.person_id, p.name, p.email, a.company_id, c.name, m.role, m.account_type, cardinality(held.roles),
    a.id, case when a.factor_at is null then 1 else 2 end, a.amr, a.factor_at, ${$.authenticatorId}::uuid, ${$.address}::text,
    ${$.userAgent}::text, case when 'security_admin' = any(held.roles) then ${limits.idleSecurityAdmin / 1000} else ${limits.idle / 1000} end,
    ${$.now}::timestamptz, ${$.now}::timestamptz, ${$.expiresAt}::timestamptz
  from ${source} a
  join persons p on p.id = a.person_id
  left join ${seen} m on m.person_id = a.person_id and m.company_id = a.company_id and m.joined_at is not null and m.deactivated_at is null
  left join companies c on c.id = a.company_id
  cross join lateral (
    select array(select o.role from memberships o
      where o.person_id = a.person_id and o.joined_at is not null and o.deactivated_at is null) as roles
    offset 0
  ) held`

/** The part of a statement that says whether a person has as many sessions as they may. */
export const isCrowded = (personId: string, $: { now: string }) => `
  exists (select 1 from sessions s where s.person_id = ${personId} and s.ended_at is null and s.expires_at > ${$.now}
    offset ${limits.perPerson - 1})`

/** The part of a statement that ends all but the newest of a person's sessions that fit beside a new one. */
export const endOldest = (source: string, $: { now: string }) => `
  update sessions set ended_at = ${$.now} from ${source} a
  where sessions.person_id = a.person_id and sessions.id in (
    select s.id from sessions s where s.person_id = a.person_id and s.ended_at is null and s.expires_at > ${$.now}
    order by s.created_at desc offset ${limits.perPerson - 1})
  returning sessions.person_id`

export const end = async (db: Db, id: string, personId: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update sessions set ended_at = ${now} where id = ${id} and person_id = ${personId} and ended_at is null returning id`
  return rows.length === 1
}

/** Ends a person's sessions, all or all but one, and the trust in their browsers. */
export const endAll = async (
  db: Db,
  personId: string,
  now: Date,
  except: string | null = null,
): Promise<number> => {
  const rows = await db`
    with trust as (delete from network_trusts where person_id = ${personId})
    update sessions set ended_at = ${now}
    where person_id = ${personId} and ended_at is null and id is distinct from ${except} returning id`
  return rows.length
}

/** The factor a session was raised by is gone, or no factor is left: it has the password to show, and no more. */
export const lower = async (db: Db, id: string, authenticatorId: string, noneLeft: boolean) => {
  await db`
    update sessions set aal = 1, factor_at = null, authenticator_id = null, amr = array['pwd']
    where id = ${id} and ended_at is null and (${noneLeft} or authenticator_id = ${authenticatorId})`
}

/** Ends the sessions that rest on one authenticator. */
export const endRestingOn = async (db: Db, authenticatorId: string, now: Date, except: string | null) => {
  await db`
    update sessions set ended_at = ${now}
    where authenticator_id = ${authenticatorId} and ended_at is null and id is distinct from ${except}`
}

export const listLive = (db: Db, personId: string, now: Date) => db<
  {
    id: string
    address: string
    userAgent: string
    createdAt: Date
    lastSeenAt: Date
    aal: 1 | 2
    amr: Amr[]
  }[]
>`
  select id, address, user_agent, created_at, last_seen_at, aal, amr from sessions
  where person_id = ${personId} and ended_at is null and expires_at > ${now}
    and last_seen_at + idle_seconds * interval '1 second' > ${now}
  order by last_seen_at desc`
