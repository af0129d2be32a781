import type { WebhookTopic } from '@countersign/contract'
import type { Db } from '../../connect.ts'

export type WebhookRow = {
  id: string
  url: string
  topics: WebhookTopic[]
  createdAt: Date
  disabledAt: Date | null
  waiting: number
  failed: number
  lastDeliveredAt: Date | null
}

/** A company's webhooks, live ones first, with what lies on them. */
export const list = (db: Db, companyId: string) => db<WebhookRow[]>`
  select w.id, w.url, w.topics, w.created_at, w.disabled_at, coalesce(d.waiting, 0) as waiting,
    coalesce(d.failed, 0) as failed, d.last_delivered_at
  from webhooks w left join lateral (
    select count(*) filter (where next_at is not null)::int as waiting,
      count(*) filter (where failed_at is not null)::int as failed, max(delivered_at) as last_delivered_at
    from webhook_deliveries where webhook_id = w.id
  ) d on true
  where w.company_id = ${companyId} order by w.disabled_at nulls first, w.created_at`

/** Adds one unless the company has as many as it may; serialised per company. The cursor is the trigger's. */
export const add = async (
  db: Db,
  one: {
    id: string
    companyId: string
    url: string
    topics: WebhookTopic[]
    secrets: string
    createdBy: string
    now: Date
  },
  most: number,
): Promise<boolean> => {
  await db`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${one.companyId}`}, 0))`
  const rows = await db`
    insert into webhooks (id, company_id, url, topics, secrets, cursor, created_by, created_at)
    select ${one.id}, ${one.companyId}, ${one.url}, ${one.topics}::text[], ${one.secrets}, 0, ${one.createdBy}, ${one.now}
    where (select count(*) from webhooks where company_id = ${one.companyId} and disabled_at is null) < ${most}
    returning id`
  return rows.length === 1
}

/** A live webhook of this company, held until the transaction ends. */
export const hold = async (db: Db, companyId: string, id: string) => {
  const [row] = await db<{ id: string; url: string; secrets: string }[]>`
    select id, url, secrets from webhooks
    where id = ${id} and company_id = ${companyId} and disabled_at is null for update`
  return row ?? null
}

export const changeSecrets = async (db: Db, id: string, secrets: string) => {
  await db`update webhooks set secrets = ${secrets} where id = ${id}`
}

/** Ends one for good; nothing that waits is sent any more. */
export const disable = async (db: Db, companyId: string, id: string, now: Date) => {
  const [row] = await db<{ url: string }[]>`
    update webhooks set disabled_at = ${now}
    where id = ${id} and company_id = ${companyId} and disabled_at is null returning url`
  if (row)
    await db`update webhook_deliveries set next_at = null where webhook_id = ${id} and next_at is not null`
  return row ?? null
}

/** An address answered, or did not: then it rests. */
export const rest = async (db: Db, id: string, misses: number, until: Date | null) => {
  await db`
    update webhooks set misses = ${misses}, rest_until = ${until}
    where id = ${id} and (misses <> ${misses} or rest_until is distinct from ${until})`
}
