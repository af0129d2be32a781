import type { AuditQuery, FactorName } from '@countersign/contract'
import type { Db } from '../connect.ts'
import type { AuditDetail } from '../schema/audit-events.ts'

export type AuditEventRow = {
  seq: number
  at: Date
  event: string
  outcome: 'ok' | 'failed'
  actorId: string | null
  actorName: string | null
  subjectId: string | null
  subjectName: string | null
  factor: FactorName | null
  address: string | null
  userAgent: string | null
  detail: AuditDetail
}

/** Newest first, by the number each event has in its company's chain. */
export const page = (db: Db, companyId: string, query: AuditQuery, limit: number) => {
  const person = query.person?.trim().toLowerCase() || null
  return db<AuditEventRow[]>`
    select e.seq::float8 as seq, e.at, e.event, e.outcome, e.actor_id, a.name as actor_name, e.subject_id,
      s.name as subject_name, e.factor, e.address, e.user_agent, e.detail
    from audit_events e left join persons a on a.id = e.actor_id left join persons s on s.id = e.subject_id
    where e.company_id = ${companyId}
      and (${query.before ?? null}::bigint is null or e.seq < ${query.before ?? null}::bigint)
      and (${query.event ?? null}::text is null or e.event = ${query.event ?? null})
      and (${query.outcome ?? null}::text is null or e.outcome = ${query.outcome ?? null})
      and (${query.from ?? null}::timestamptz is null or e.at >= ${query.from ?? null}::timestamptz)
      and (${query.to ?? null}::timestamptz is null or e.at < ${query.to ?? null}::timestamptz)
      and (${person}::text is null or strpos(lower(concat_ws(' ', a.name, a.email, s.name, s.email)), ${person}) > 0)
    order by e.seq desc limit ${limit}`
}

/** Kinds of events that a company has, for the filter. */
export const kinds = async (db: Db, companyId: string): Promise<string[]> => {
  const rows = await db<{ event: string }[]>`
    select distinct event from audit_events where company_id = ${companyId} order by event`
  return rows.map((row) => row.event)
}

/** A row as it was hashed; the detail in the database's own spelling. */
export type ChainRow = {
  companyId: string
  seq: number
  id: string
  at: Date
  event: string
  outcome: string
  actorId: string | null
  subjectId: string | null
  factor: string | null
  attemptId: string | null
  sessionId: string | null
  address: string | null
  userAgent: string | null
  requestId: string | null
  detail: string
  prevHash: Buffer
  hash: Buffer
}

/** The whole chain of a company in order, a thousand rows at a time. */
export const chain = (db: Db, companyId: string) =>
  db<ChainRow[]>`
    select company_id, seq::float8 as seq, id, at, event, outcome, actor_id, subject_id, factor, attempt_id, session_id,
      address, user_agent, request_id, detail::text, prev_hash, hash
    from audit_events where company_id = ${companyId} order by seq`.cursor(1000)

export const heads = (db: Db) => db<{ companyId: string; seq: number; hash: Buffer }[]>`
  select company_id, seq::float8 as seq, hash from audit_heads
  union all
  select distinct company_id, 0::float8, sha256('') from audit_events
  where company_id not in (select company_id from audit_heads)
  order by company_id`
