import type { AccountType, Amr, Role } from '@countersign/contract'
import type { Caller } from '../../deps.ts'
import { parameters } from '../../policy/parameters.ts'
import type { Db } from '../connect.ts'
import { holdsFactor } from './second-factors.ts'

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
 */
export const findLive = (db: Db, tokenHash: Buffer, now: Date): Promise<LiveSession | null> =>
  readLive(db, db`s.token_hash = ${tokenHash}`, now)

/** The same of a session somebody else holds a token for: an application. */
export const findLiveById = (db: Db, id: string, now: Date): Promise<LiveSession | null> =>
  readLive(db, db`s.id = ${id}`, now)

const readLive = async (db: Db, which: ReturnType<Db>, now: Date): Promise<LiveSession | null> => {
  const [row] = await db<LiveSession[]>`
    select s.id, s.person_id, p.name, p.email, s.company_id, s.aal, s.amr, s.factor_at, s.authenticator_id,
      s.last_seen_at, s.expires_at, c.name as company_name, coalesce(m.role, 'employee') as role,
      coalesce(m.account_type, 'employee') as account_type,
      case when s.company_id is null then array(${companiesOf(db)}) end as open_to,
      exists (select 1 from memberships o where o.person_id = s.person_id and o.company_id <> s.company_id
        and o.deactivated_at is null and o.joined_at is not null) as several_companies
    from sessions s
    join persons p on p.id = s.person_id
    left join memberships m on m.company_id = s.company_id and m.person_id = s.person_id
      and m.deactivated_at is null and m.joined_at is not null
    left join companies c on c.id = m.company_id
    where ${which} and s.ended_at is null and s.expires_at > ${now}
      and s.last_seen_at + s.idle_seconds * interval '1 second' > ${now}
      and (m.id is not null or (s.company_id is null and exists (${companiesOf(db)})))
      and (s.aal = 2 or ${holdsFactor(db, db`s.person_id`)} or not exists (
        select 1 from memberships r join companies k on k.id = r.company_id
        where r.person_id = s.person_id and r.deactivated_at is null and r.joined_at is not null
          and (k.required_at is not null or k.required_from <= ${now})))`
  return row ?? null
}

/** Active companies of a session's person, in id order. */
const companiesOf = (db: Db) => db`
  select a.company_id from memberships a
  where a.person_id = s.person_id and a.deactivated_at is null and a.joined_at is not null order by a.company_id`

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
    update sessions s set company_id = m.company_id, token_hash = ${tokenHash}
    from memberships m
    where s.id = ${session.id} and s.ended_at is null and m.person_id = ${session.personId} and s.person_id = m.person_id
      and m.company_id = ${companyId} and m.joined_at is not null and m.deactivated_at is null
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

/** The statement that turns a finished attempt into a session; `source` yields at most one attempt row. */
export const openFrom = (
  db: Db,
  source: ReturnType<Db>,
  session: { tokenHash: Buffer; authenticatorId: string | null; now: Date; caller: Caller },
) => db`
  insert into sessions (token_hash, person_id, company_id, attempt_id, aal, amr, factor_at, authenticator_id, address,
    user_agent, idle_seconds, created_at, last_seen_at, expires_at)
  select ${session.tokenHash}, a.person_id, a.company_id, a.id, case when a.factor_at is null then 1 else 2 end, a.amr,
    a.factor_at, ${session.authenticatorId}, ${session.caller.address}, ${session.caller.userAgent.slice(0, 256)},
    case when exists (select 1 from memberships m where m.person_id = a.person_id and m.role = 'security_admin')
      then ${limits.idleSecurityAdmin / 1000}::int else ${limits.idle / 1000}::int end,
    ${session.now}, ${session.now}, ${new Date(session.now.getTime() + limits.life)}
  from ${source} a`

/** Ends all but the newest of a person's sessions that fit beside a new one. */
export const endOldest = (db: Db, source: ReturnType<Db>, now: Date) => db`
  update sessions set ended_at = ${now} where id in (
    select s.id from sessions s join ${source} a on a.person_id = s.person_id
    where s.ended_at is null and s.expires_at > ${now} order by s.created_at desc offset ${limits.perPerson - 1})`

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
