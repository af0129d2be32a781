import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'

/**
 * A mail that a change owes, written in the transaction of that change: queued → sent (sentAt, parameters wiped)
 * or given up after the queue's last try (failedAt). Its key keeps one change from mailing twice.
 */
export const mails = pgTable(
  'mails',
  {
    id: id(),
    key: text().notNull(),
    companyId: uuid(),
    personId: uuid(),
    /** The notice to many that it is part of. */
    batchId: uuid(),
    recipient: text().notNull(),
    template: text().notNull(),
    /** Sealed: a mail may hold a passcode. */
    params: text(),
    tries: integer().notNull().default(0),
    lastError: text(),
    createdAt: moment().notNull(),
    sentAt: moment(),
    failedAt: moment(),
  },
  (t) => [
    uniqueIndex('mails_key').on(t.key),
    index('mails_company').on(t.companyId, t.template, t.createdAt),
    index('mails_batch').on(t.batchId).where(sql`${t.batchId} is not null`),
  ],
)
