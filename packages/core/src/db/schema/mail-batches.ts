import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'

/** Who of a company is told; evaluated when the mails are written. */
export const audiences = [
  'without-factor',
  'security-admins',
  'number-enrolled',
  'duo-due',
  'duo-reset',
] as const

/**
 * A notice that many people are owed, written in the transaction of the change: open → finished when each has a
 * row in mails. The cursor is the last person it was written for, so that a crash loses and doubles nothing.
 */
export const mailBatches = pgTable(
  'mail_batches',
  {
    id: id(),
    key: text().notNull(),
    companyId: uuid().notNull(),
    template: text().notNull(),
    audience: text({ enum: audiences }).notNull(),
    /** What all of them are told; nothing secret. */
    params: jsonb().$type<Record<string, string>>().notNull(),
    total: integer().notNull(),
    cursor: uuid(),
    createdAt: moment().notNull(),
    finishedAt: moment(),
  },
  (t) => [
    uniqueIndex('mail_batches_key').on(t.key),
    index('mail_batches_company').on(t.companyId, t.createdAt),
  ],
)
