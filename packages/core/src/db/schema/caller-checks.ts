import { index, pgTable, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'
import { companies } from './companies.ts'
import { persons } from './persons.ts'

/**
 * Three words shown at both ends of a call, so that an admin knows who asks: open (10 minutes) → expired, or
 * reported (the words differed). The words are made of the id, so nothing else is stored.
 */
export const callerChecks = pgTable(
  'caller_checks',
  {
    id: id(),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    askedBy: uuid()
      .notNull()
      .references(() => persons.id),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    reportedAt: moment(),
  },
  (t) => [index('caller_checks_person').on(t.personId, t.expiresAt)],
)
