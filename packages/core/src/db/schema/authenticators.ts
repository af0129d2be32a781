import { factorNames } from '@countersign/contract'
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'
import { persons } from './persons.ts'

/**
 * One thing a person holds: pending (addedAt null) → usable → locked (lockedAt, after too many wrong guesses)
 * → removed (removedAt, credential wiped). The credential is sealed, bound to this row and person.
 */
export const authenticators = pgTable(
  'authenticators',
  {
    id: id(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    /** Set where a factor belongs to one company only. */
    companyId: uuid(),
    factor: text({ enum: factorNames }).notNull(),
    name: text().notNull(),
    credential: text(),
    /** Counts credential changes; a write names the version it read. */
    version: integer().notNull().default(1),
    consecutiveFailures: integer().notNull().default(0),
    createdAt: moment().notNull(),
    addedAt: moment(),
    lastUsedAt: moment(),
    lockedAt: moment(),
    /** Set where it is lent for a time only: a passcode. */
    expiresAt: moment(),
    removedAt: moment(),
  },
  (t) => [index('authenticators_person').on(t.personId)],
)
