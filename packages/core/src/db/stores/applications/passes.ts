import { type AccountType, notSecondFactors, type Role } from '@countersign/contract'
import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'
import { together } from '../../together.ts'

/** Who stands before a guarded host, and by what rule. */
export type Standing = {
  /** An `EntryPolicy` as JSON. */
  policy: string
  /** False for no pass, one of another domain, and a session or membership that is over. */
  live: boolean
  /** Not used for a minute. */
  idling: boolean
  sessionId: string
  personId: string
  personName: string
  email: string
  aal: 1 | 2
  provenAt: Date
  companyId: string
  accountType: AccountType
  role: Role
  /** Null for a session of two factors, about which none of this is asked. */
  oneFactor: {
    remembered: boolean
    requiredAt: string | null
    requiredFrom: string | null
    /** As every session of one factor: unless a company requires two and none is held. */
    stands: boolean
  } | null
}

/** Whose session it is about: that of a pass shown at a domain, or one known already. */
export type Bearer = { domain: string; tokenHash: Buffer } | { sessionId: string }

const standing = (join: string, itsOwn: string, $: { host: string; now: string }) => `
  select asked.asked, h.policy, s.id as session_id, s.person_id, s.name as person_name, s.email, s.aal,
    coalesce(s.factor_at, s.created_at) as proven_at, s.company_id, s.account_type, s.role,
    s.last_seen_at < ${$.now}::timestamptz - interval '${parameters.session.touch} milliseconds' as idling,
    case when s.aal = 1 then one_factor_standing(s.person_id, s.company_id, s.attempt_id, ${$.now}::timestamptz,
      '{${notSecondFactors.join()}}') end as one_factor,
    coalesce(${itsOwn} and s.ended_at is null and s.expires_at > ${$.now}::timestamptz and s.role is not null
      and s.last_seen_at + s.idle_seconds * interval '1 second' > ${$.now}::timestamptz, false) as live
  from asked join application_hosts h on h.host = ${$.host}
  ${join}`

const ofPass = together<Standing, { host: string; now: Date; tokenHash: Buffer; domain: string }>(
  { host: 'text', now: 'timestamptz', tokenHash: 'bytea', domain: 'text' },
  (from) => {
    const $ = from('asked')
    return standing(
      `left join passes x on x.token_hash = ${$.tokenHash} left join sessions s on s.id = x.session_id`,
      `x.domain = ${$.domain}`,
      $,
    )
  },
)
const ofSession = together<Standing, { host: string; now: Date; sessionId: string }>(
  { host: 'text', now: 'timestamptz', sessionId: 'uuid' },
  (from) => standing(`left join sessions s on s.id = ${from('asked').sessionId}`, 'true', from('asked')),
)

/**
 * Everything a check needs, in one statement that finds each row by a unique key; what it asks of the person stands
 * beside the session (decision 15). What depends on the time is compared in the select list, so that PostgreSQL plans
 * it once for all values. Null for a host nobody registered.
 */
export const findStanding = async (
  db: Db,
  host: string,
  bearer: Bearer,
  now: Date,
): Promise<Standing | null> => {
  const at = { host, now }
  return 'sessionId' in bearer ? ofSession(db, { ...at, ...bearer }) : ofPass(db, { ...at, ...bearer })
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
