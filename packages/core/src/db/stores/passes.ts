import type { AccountType, Role } from '@countersign/contract'
import type { Db } from '../connect.ts'
import { holdsFactor } from './second-factors.ts'

/** The application behind a host, and who stands before it. */
export type Standing = {
  name: string
  disabledAt: Date | null
  companyIds: string[] | null
  accountTypes: AccountType[]
  roles: Role[]
  minimumAal: 1 | 2
  maxAge: number | null
  /** False for no pass, one of another domain, and a session that is over. */
  live: boolean
  idling: boolean
  sessionId: string
  personId: string
  personName: string
  email: string
  aal: 1 | 2
  provenAt: Date
  remembered: boolean
  companyId: string | null
  companyName: string | null
  accountType: AccountType | null
  role: Role | null
  requiredAt: Date | null
  requiredFrom: Date | null
}

/** Whose session it is about: that of a pass shown at a domain, or one known already. */
export type Bearer = { domain: string; tokenHash: Buffer } | { sessionId: string }

const sessionOf = (db: Db, bearer: Bearer) =>
  'sessionId' in bearer
    ? db`left join sessions s on s.id = ${bearer.sessionId}`
    : db`left join passes f on f.token_hash = ${bearer.tokenHash} left join sessions s on s.id = f.session_id`

/**
 * Everything a check needs, in one statement that finds each row by a unique key. What depends on the time is
 * compared in the select list, so that PostgreSQL plans it once for all values. Null for a host nobody registered.
 */
export const findStanding = async (
  db: Db,
  host: string,
  bearer: Bearer,
  { now, touchedSince }: { now: Date; touchedSince: Date },
): Promise<Standing | null> => {
  const itsOwn = 'sessionId' in bearer ? db`true` : db`f.domain = ${bearer.domain}`
  const [row] = await db<Standing[]>`
    select a.name, a.disabled_at, a.company_ids, a.account_types, a.roles, a.minimum_aal, a.max_age,
      s.id as session_id, s.person_id, p.name as person_name, p.email, s.aal,
      coalesce(s.factor_at, s.created_at) as proven_at, m.company_id, c.name as company_name, m.account_type, m.role,
      c.required_at, c.required_from,
      s.aal = 1 and exists (select 1 from sign_in_attempts t where t.id = s.attempt_id and t.outcome = 'skip') as remembered,
      s.last_seen_at < ${touchedSince} as idling,
      coalesce(${itsOwn} and s.ended_at is null and s.expires_at > ${now}
        and s.last_seen_at + s.idle_seconds * interval '1 second' > ${now}
        and case when s.company_id is not null then m.id is not null
          else exists (select 1 from memberships o where o.person_id = s.person_id
            and o.deactivated_at is null and o.joined_at is not null) end
        and (s.aal = 2 or ${holdsFactor(db, db`s.person_id`)} or not exists (
          select 1 from memberships r join companies k on k.id = r.company_id
          where r.person_id = s.person_id and r.deactivated_at is null and r.joined_at is not null
            and (k.required_at is not null or k.required_from <= ${now}))), false) as live
    from application_hosts h
    join applications a on a.id = h.application_id
    ${sessionOf(db, bearer)}
    left join persons p on p.id = s.person_id
    left join memberships m on m.company_id = s.company_id and m.person_id = s.person_id
      and m.deactivated_at is null and m.joined_at is not null
    left join companies c on c.id = m.company_id
    where h.host = ${host}`
  return row ?? null
}

/** A ticket for a live session; false when it ended meanwhile. */
export const addTicket = async (
  db: Db,
  one: {
    sessionId: string
    host: string
    domain: string
    ticketHash: Buffer
    browserHash: Buffer
    now: Date
    expiresAt: Date
  },
): Promise<boolean> => {
  const rows = await db`
    insert into passes (session_id, domain, host, ticket_hash, browser_hash, created_at, ticket_expires_at)
    select s.id, ${one.domain}, ${one.host}, ${one.ticketHash}, ${one.browserHash}, ${one.now}, ${one.expiresAt}
    from sessions s where s.id = ${one.sessionId} and s.ended_at is null returning id`
  return rows.length === 1
}

/** Makes a pass of a ticket, once: at the host it was given for, in the browser that asked for it. */
export const redeem = async (
  db: Db,
  one: { host: string; ticketHash: Buffer; browserHash: Buffer; tokenHash: Buffer; now: Date },
): Promise<boolean> => {
  const rows = await db`
    update passes f set token_hash = ${one.tokenHash}, ticket_hash = null, browser_hash = null
    from sessions s
    where f.ticket_hash = ${one.ticketHash} and f.browser_hash = ${one.browserHash} and f.host = ${one.host}
      and f.ticket_expires_at > ${one.now} and s.id = f.session_id and s.ended_at is null
    returning f.id`
  return rows.length === 1
}

/** The person's active memberships, for saying from where they could enter. */
export const membershipsOf = (db: Db, personId: string) => db<
  { companyId: string; companyName: string; accountType: AccountType; role: Role }[]
>`
  select m.company_id, c.name as company_name, m.account_type, m.role
  from memberships m join companies c on c.id = m.company_id
  where m.person_id = ${personId} and m.joined_at is not null and m.deactivated_at is null order by m.company_id`

/** How an application behind a host introduces itself; disabled ones too. */
export const dressAt = async (db: Db, host: string) => {
  const [row] = await db<{ name: string; logo: string | null; colour: string | null }[]>`
    select a.name, a.logo, a.colour from application_hosts h join applications a on a.id = h.application_id
    where h.host = ${host}`
  return row ?? null
}
