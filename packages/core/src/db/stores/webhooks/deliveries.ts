import type { Db } from '../../connect.ts'

export type DeliveryRow = {
  seq: number
  event: string
  tries: number
  status: number | null
  error: 'timeout' | 'address' | 'connection' | 'certificate' | null
  triedAt: Date | null
  nextAt: Date | null
  deliveredAt: Date | null
  failedAt: Date | null
}

/** What was sent to one of the company's webhooks, newest event first; null where the company has no such one. */
export const page = async (
  db: Db,
  companyId: string,
  webhookId: string,
  before: number | null,
  limit: number,
): Promise<DeliveryRow[] | null> => {
  const [webhook] = await db`select 1 from webhooks where id = ${webhookId} and company_id = ${companyId}`
  if (!webhook) return null
  return db<DeliveryRow[]>`
    select seq::float8 as seq, event, tries, status, error, tried_at, next_at, delivered_at, failed_at
    from webhook_deliveries
    where webhook_id = ${webhookId} and (${before}::bigint is null or seq < ${before}::bigint)
    order by seq desc limit ${limit}`
}

/**
 * Owes the company's new events to each of its live webhooks that asked for them, and moves the cursors. Numbers of
 * a chain become visible in their order, since its end stays locked until commit: a cursor passes over nothing.
 * @param known each event with its topic
 * @returns ids of the webhooks that are behind still, and of those with something to send
 */
export const owe = (
  db: Db,
  companyId: string,
  known: { events: string[]; topics: string[] },
  now: Date,
  lot: number,
) => db<{ id: string; behind: boolean }[]>`
  with live as (
    select id, topics, cursor from webhooks
    where company_id = ${companyId} and disabled_at is null order by id for update
  ),
  fresh as (
    select live.id, live.topics, a.seq, a.event, a.detail from live cross join lateral (
      select seq, event, detail from audit_events
      where company_id = ${companyId} and seq > live.cursor order by seq limit ${lot}
    ) a
  ),
  moved as (
    update webhooks w set cursor = f.last
    from (select id, max(seq) as last, count(*) as many from fresh group by id) f
    where w.id = f.id returning w.id, f.many = ${lot} as behind
  ),
  owed as (
    insert into webhook_deliveries (company_id, webhook_id, seq, event, owed_at, next_at)
    select ${companyId}, f.id, f.seq, f.event, ${now}, ${now} from fresh f
    join unnest(${known.events}::text[], ${known.topics}::text[]) as known(event, topic) on known.event = f.event
    where known.topic = any(f.topics) or (f.event = 'webhook.tested' and f.detail ->> 'webhook' = f.id::text)
    on conflict do nothing returning webhook_id
  )
  select id, behind from moved
  where behind or id in (select webhook_id from owed)`

/** Owes an event once more, now. False for one this webhook never had, or one of another company. */
export const replay = async (
  db: Db,
  companyId: string,
  webhookId: string,
  seq: number,
  now: Date,
): Promise<boolean> => {
  const rows = await db`
    update webhook_deliveries set owed_at = ${now}, next_at = ${now}, tries = 0, status = null, error = null,
      delivered_at = null, failed_at = null
    where webhook_id = ${webhookId} and company_id = ${companyId} and seq = ${seq} returning id`
  return rows.length === 1
}
