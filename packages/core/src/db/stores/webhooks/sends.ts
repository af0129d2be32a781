import type { Db } from '../../connect.ts'
import type { AuditDetail } from '../../schema/audit-events.ts'

type Who = { id: string; name: string | null; email: string | null }

/** An audit row with what a receiver wants to know of the people in it. */
export type EventRow = {
  id: string
  seq: number
  at: Date
  event: string
  outcome: 'ok' | 'failed'
  companyId: string
  companyName: string
  actor: Who | null
  subject: Who | null
  factor: string | null
  sessionId: string | null
  address: string | null
  userAgent: string | null
  detail: AuditDetail
  hash: Buffer
}

/** A delivery that was claimed, with all that sending it takes. */
export type Claimed = EventRow & {
  deliveryId: string
  webhookId: string
  tries: number
  owedAt: Date
  url: string
  secrets: string
  misses: number
}

/** A person as the company may see them: the name it typed until they joined, nothing of strangers. */
const who = (db: Db, person: 'actor' | 'subject') => db`(
  select json_build_object('id', e.${db(`${person}_id`)},
    'name', case when m.joined_at is null then m.invited_name else p.name end,
    'email', case when m.id is not null then p.email end)
  from (select 1) one left join memberships m on m.company_id = e.company_id and m.person_id = e.${db(`${person}_id`)}
    left join persons p on p.id = m.person_id
  where e.${db(`${person}_id`)} is not null)`

/**
 * Claims what is due for one webhook, oldest event first: counts the try before it is made, and lets nobody else
 * have it until the lease ends. Nothing while the webhook rests or is disabled.
 */
export const claim = (db: Db, webhookId: string, now: Date, leaseUntil: Date, limit: number) => db<Claimed[]>`
  with claimed as (
    update webhook_deliveries d set tries = d.tries + 1, tried_at = ${now}, next_at = ${leaseUntil}
    from webhooks w
    where w.id = ${webhookId} and w.disabled_at is null and (w.rest_until is null or w.rest_until <= ${now})
      and d.id in (select id from webhook_deliveries where webhook_id = ${webhookId} and next_at <= ${now}
        order by seq limit ${limit} for update skip locked)
    returning d.id, d.company_id, d.webhook_id, d.seq, d.tries, d.owed_at, w.url, w.secrets, w.misses
  )
  select c.id as delivery_id, c.webhook_id, c.tries, c.owed_at, c.url, c.secrets, c.misses,
    e.id, e.seq::float8 as seq, e.at, e.event, e.outcome, e.company_id, k.name as company_name,
    ${who(db, 'actor')} as actor, ${who(db, 'subject')} as subject,
    e.factor, e.session_id, e.address, e.user_agent, e.detail, e.hash
  from claimed c join audit_events e on e.company_id = c.company_id and e.seq = c.seq
    join companies k on k.id = c.company_id
  order by e.seq`

/** What became of a claimed one; only if it was not replayed or claimed anew meanwhile. */
export const settle = async (
  db: Db,
  one: Pick<Claimed, 'deliveryId' | 'tries'>,
  to: {
    status: number | null
    error: string | null
    deliveredAt: Date | null
    nextAt: Date | null
    failedAt: Date | null
  },
) => {
  await db`
    update webhook_deliveries set status = ${to.status}, error = ${to.error}, delivered_at = ${to.deliveredAt},
      next_at = ${to.nextAt}, failed_at = ${to.failedAt}
    where id = ${one.deliveryId} and tries = ${one.tries} and next_at is not null`
}

/** When the next one of a live webhook is due, or null: nothing waits. */
export const nextDue = async (db: Db, webhookId: string): Promise<Date | null> => {
  const [row] = await db<{ at: Date | null }[]>`
    select greatest(w.rest_until, (select min(next_at) from webhook_deliveries where webhook_id = w.id)) as at
    from webhooks w where w.id = ${webhookId} and w.disabled_at is null
      and exists (select 1 from webhook_deliveries where webhook_id = w.id and next_at is not null)`
  return row?.at ?? null
}

/** Lets the queue send what is due for a webhook, after a while in milliseconds. */
export const wake = async (db: Db, webhookId: string, delay = 0) => {
  await db`select jobs.enqueue_in('webhook-send', json_build_object('id', ${webhookId}::text),
    'webhook-send:' || ${webhookId}::text, ${delay} * interval '1 millisecond')`
}

/** Wakes whatever should be moving: a send that is due, a company whose events were not looked at. */
export const wakeOverdue = async (db: Db, now: Date) => {
  await db`
    select jobs.enqueue('webhook-send', json_build_object('id', w.id), 'webhook-send:' || w.id) from webhooks w
    where w.disabled_at is null and (w.rest_until is null or w.rest_until <= ${now})
      and exists (select 1 from webhook_deliveries where webhook_id = w.id and next_at <= ${now})`
  await db`
    select jobs.enqueue('webhook-events', json_build_object('companyId', h.company_id), 'webhook-events:' || h.company_id)
    from audit_heads h where h.listened and exists (
      select 1 from webhooks w where w.company_id = h.company_id and w.disabled_at is null and w.cursor < h.seq)`
}
