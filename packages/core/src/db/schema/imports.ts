import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'
import { companies } from './companies.ts'

/**
 * A CSV of people that somebody handed in: running → finished (finishedAt). The queue lands its rows in batches;
 * whatever was not reached when a process died is still waiting, so it goes on from there. Kept 7 days.
 */
export const imports = pgTable(
  'imports',
  {
    id: id(),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    actorId: uuid().notNull(),
    sessionId: uuid().notNull(),
    address: text().notNull(),
    userAgent: text().notNull(),
    requestId: text().notNull(),
    /** The header as it came, for the file of errors. */
    header: text().array().notNull(),
    total: integer().notNull(),
    startedAt: moment().notNull(),
    finishedAt: moment(),
  },
  (t) => [index('imports_company').on(t.companyId, t.startedAt)],
)

/** One row of it: waiting → landed (doneAt) or refused (doneAt and problem). */
export const importRows = pgTable(
  'import_rows',
  {
    companyId: uuid().notNull(),
    importId: uuid()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    /** Line of the file, the header being 1. */
    line: integer().notNull(),
    cells: text().array().notNull(),
    values: jsonb().$type<Record<string, string>>().notNull(),
    doneAt: moment(),
    /** The sentence for the file of errors. */
    problem: text(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.line] })],
)
