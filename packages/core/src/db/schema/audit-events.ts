import { factorNames } from '@countersign/contract'
import { sql } from 'drizzle-orm'
import { bigint, boolean, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, moment } from './columns.ts'

/** What an audit row may say besides its columns; never a code, key, token, password or whole phone number. */
export type AuditDetail = Record<string, string | number | boolean | null | undefined>

/**
 * Append-only, one chain per company: the trigger audit_events_chain numbers the row and hashes it with its
 * predecessor; UPDATE and DELETE are refused. Events of no company stand under the nil UUID.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    companyId: uuid().notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    id: uuid().notNull().default(sql`uuidv7()`),
    at: moment().notNull(),
    event: text().notNull(),
    outcome: text({ enum: ['ok', 'failed'] }).notNull(),
    actorId: uuid(),
    subjectId: uuid(),
    factor: text({ enum: factorNames }),
    attemptId: uuid(),
    sessionId: uuid(),
    address: text(),
    userAgent: text(),
    requestId: text(),
    detail: jsonb().$type<AuditDetail>().notNull().default({}),
    prevHash: bytes().notNull(),
    hash: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.seq] }),
    index('audit_events_subject').on(t.subjectId, t.at),
    index('audit_events_at').on(t.companyId, t.at),
  ],
)

/** The end of each company's chain. */
export const auditHeads = pgTable('audit_heads', {
  companyId: uuid().primaryKey(),
  seq: bigint({ mode: 'number' }).notNull(),
  hash: bytes().notNull(),
  /** Whether a webhook of the company hears of the next row; kept by triggers. */
  listened: boolean().notNull().default(false),
})
