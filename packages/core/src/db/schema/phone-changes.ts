import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { authenticators } from './authenticators.ts'
import { id, moment } from './columns.ts'
import { persons } from './persons.ts'

/**
 * A new phone number asked for without the old one: waiting (the number is proven, readyAt ahead; old factors
 * work on) → done (its time came, or approvedBy did not wait) or cancelled. One waits at a time.
 */
export const phoneChanges = pgTable(
  'phone_changes',
  {
    id: id(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    /** The phone factor it becomes, pending until then. */
    authenticatorId: uuid()
      .notNull()
      .references(() => authenticators.id),
    /** The new number, masked. */
    number: text().notNull(),
    createdAt: moment().notNull(),
    readyAt: moment().notNull(),
    approvedBy: uuid(),
    doneAt: moment(),
    cancelledAt: moment(),
    /** Null where a mailed link or the system cancelled it. */
    cancelledBy: uuid(),
  },
  (t) => [
    uniqueIndex('phone_changes_waiting')
      .on(t.personId)
      .where(sql`${t.doneAt} is null and ${t.cancelledAt} is null`),
    index('phone_changes_ready').on(t.readyAt).where(sql`${t.doneAt} is null and ${t.cancelledAt} is null`),
    check('phone_changes_one_end', sql`num_nonnulls(${t.doneAt}, ${t.cancelledAt}) <= 1`),
  ],
)
