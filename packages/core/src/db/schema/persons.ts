import { sql } from 'drizzle-orm'
import { check, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'

/**
 * Somebody who can sign in. Belongs to companies through memberships.
 * Without a password hash the person was invited and has not answered yet.
 */
export const persons = pgTable(
  'persons',
  {
    id: id(),
    name: text().notNull(),
    /** As typed; unique without regard to case. */
    email: text().notNull(),
    /** When they last acted on something mailed to this address; null once somebody else has written another. */
    emailProvenAt: moment(),
    passwordHash: text(),
    passwordChangedAt: moment(),
    /** Set when the password was last replaced through a mailed link: the mailbox alone has spoken. */
    passwordResetAt: moment(),
    createdAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('persons_email').on(sql`lower(${t.email})`),
    check('persons_email_shape', sql`position('@' in ${t.email}) > 1 and length(${t.email}) <= 320`),
  ],
)
