import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'
import { companies } from './companies.ts'

/**
 * A company's connection to Duo: in use (resetAt null; one at most) → reset, secret wiped. Keys are only ever
 * written after Duo accepted exactly these. The secret is sealed, bound to row and company.
 */
export const duoSettings = pgTable(
  'duo_settings',
  {
    id: id(),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    integrationKey: text().notNull(),
    secret: text(),
    apiHost: text().notNull(),
    testedAt: moment().notNull(),
    setUpAt: moment().notNull(),
    setUpBy: uuid(),
    /** When the keys were last replaced by others. */
    rotatedAt: moment(),
    resetAt: moment(),
    resetBy: uuid(),
    /** What the reset did, for its result screen. */
    peopleReset: integer(),
    sessionsEnded: integer(),
  },
  (t) => [
    uniqueIndex('duo_settings_in_use').on(t.companyId).where(sql`${t.resetAt} is null`),
    check('duo_settings_secret_wiped', sql`(${t.resetAt} is null) = (${t.secret} is not null)`),
  ],
)
