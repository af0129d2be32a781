import { webhookTopics } from '@countersign/contract'
import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'
import { companies } from './companies.ts'

/**
 * An address that hears of a company's audit: live until disabledAt. That is for good, unless the address answered 410
 * (goneAt): then it can be taken back. The cursor is the number of the last audit row it was judged for. While it rests
 * (restUntil), because it did not answer, nothing is sent to it.
 * A trigger keeps audit_heads.listened true for companies that have a live one.
 */
export const webhooks = pgTable(
  'webhooks',
  {
    id: id(),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    url: text().notNull(),
    topics: text({ enum: webhookTopics }).array().notNull(),
    /** Sealed: the secret, and for a day after a rotation the one before it. */
    secrets: text().notNull(),
    cursor: bigint({ mode: 'number' }).notNull(),
    /** Times in a row without an answer. */
    misses: integer().notNull().default(0),
    restUntil: moment(),
    createdBy: uuid(),
    createdAt: moment().notNull(),
    disabledAt: moment(),
    goneAt: moment(),
  },
  (t) => [
    index('webhooks_company').on(t.companyId),
    check('webhooks_gone_is_disabled', sql`${t.goneAt} is null or ${t.disabledAt} is not null`),
  ],
)

/**
 * One event on its way to one address: due at nextAt → delivered, or failed when a day of tries is over; a replay
 * makes it due again. What is sent is read from the audit each time, so no second copy of it lies here.
 */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: id(),
    companyId: uuid().notNull(),
    webhookId: uuid()
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    seq: bigint({ mode: 'number' }).notNull(),
    event: text().notNull(),
    tries: integer().notNull().default(0),
    /** When it was owed, first or by the last replay: tries end a day later. */
    owedAt: moment().notNull(),
    nextAt: moment(),
    triedAt: moment(),
    /** Of the last answer. */
    status: integer(),
    error: text(),
    deliveredAt: moment(),
    failedAt: moment(),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_event').on(t.webhookId, t.seq),
    index('webhook_deliveries_due').on(t.webhookId, t.nextAt).where(sql`${t.nextAt} is not null`),
  ],
)
