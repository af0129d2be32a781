import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'
import { persons } from './persons.ts'

/**
 * Guesses of a person's second factors, over all doors and addresses. Counted before the guess is checked and
 * given back when it was right, so parallel guesses cannot slip past.
 */
export const guards = pgTable('guards', {
  personId: uuid()
    .primaryKey()
    .references(() => persons.id),
  windowAt: moment().notNull(),
  windowCount: integer().notNull().default(0),
  dayAt: moment().notNull(),
  dayCount: integer().notNull().default(0),
})

/** Counters by key (password per account, posts per address, mails per person …), each in a window of its own. */
export const throttles = pgTable('throttles', {
  key: text().primaryKey(),
  windowAt: moment().notNull(),
  count: integer().notNull(),
  /** Nothing is let through before this. */
  blockedUntil: moment(),
})
