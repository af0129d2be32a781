import type { WebhookTopic } from '@countersign/contract'
import type { Db } from '../../connect.ts'

export type WebhookRow = {
  id: string
  url: string
  topics: WebhookTopic[]
  createdAt: Date
  disabledAt: Date | null
  goneAt: Date | null
  waiting: number
  failed: number
  lastDeliveredAt: Date | null
}

/** A company's webhooks, live ones first, with what lies on them. */
export const list = (db: Db, companyId: string) => db<WebhookRow[]>`
  select w.id, w.url, w.topics, w.created_at, w.disabled_at, w.gone_at, coalesce(d.waiting, 0) as waiting,
    coalesce(d.failed, 0) as failed, d.last_delivered_at
  from webhooks w left join lateral (
    select count(*) filter (where next_at is not null)::int as waiting,
      count(*) filter (where failed_at is not null)::int as failed, max(delivered_at) as last_delivered_at
    from webhook_deliveries where webhook_id = w.id
  ) d on true
  where w.company_id = ${companyId} order by w.disabled_at nulls first, w.created_at`

/** Held until the transaction ends, so that a company's webhooks are counted one after the other. */
const holdCount = (db: Db, companyId: string) =>
  db`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${companyId}`}, 0))`

const live = (db: Db, companyId: string) =>
  db`(select count(*) from webhooks where company_id = ${companyId} and disabled_at is null)`

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
  await holdCount(db, one.companyId)
  const rows = await db`
    insert into webhooks (id, company_id, url, topics, secrets, cursor, created_by, created_at)
    select ${one.id}, ${one.companyId}, ${one.url}, ${one.topics}::text[], ${one.secrets}, 0, ${one.createdBy}, ${one.now}
    where ${live(db, one.companyId)} < ${most}
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

/** Ends one, for good unless its address is gone; nothing that waits is sent any more. */
export const disable = async (db: Db, companyId: string, id: string, now: Date, goneAt: Date | null) => {
  const [row] = await db<{ url: string }[]>`
    update webhooks set disabled_at = ${now}, gone_at = ${goneAt}
    where id = ${id} and company_id = ${companyId} and disabled_at is null returning url`
  if (row)
    await db`update webhook_deliveries set next_at = null where webhook_id = ${id} and next_at is not null`
  return row ?? null
}

/** One whose address was gone; null where the company has no such one. */
export const holdGone = async (db: Db, companyId: string, id: string) => {
  const [row] = await db<{ url: string }[]>`
    select url from webhooks where id = ${id} and company_id = ${companyId} and gone_at is not null for update`
  return row ?? null
}

/** Lets one whose address was gone hear of what comes after, unless the company has as many as it may. */
export const enable = async (db: Db, companyId: string, id: string, most: number): Promise<boolean> => {
  await holdCount(db, companyId)
  const rows = await db`
    update webhooks w set disabled_at = null, gone_at = null, misses = 0, rest_until = null, cursor = h.seq
    from audit_heads h
    where w.id = ${id} and h.company_id = ${companyId} and ${live(db, companyId)} < ${most} returning w.id`
  return rows.length === 1
}

/** An address answered, or did not: then it rests. */
export const rest = async (db: Db, id: string, misses: number, until: Date | null) => {
  await db`
    update webhooks set misses = ${misses}, rest_until = ${until}
    where id = ${id} and (misses <> ${misses} or rest_until is distinct from ${until})`
}
