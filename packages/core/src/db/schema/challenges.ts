import { factorNames } from '@countersign/contract'
import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { authenticators } from './authenticators.ts'
import { id, moment } from './columns.ts'

/**
 * A question to one authenticator, owned by one sign-in attempt or one session:
 * open → consumed (answered right, or replaced) or expired or out of tries, or over with its owner, as at the
 * right answer that finishes a sign-in. Enrolment is a challenge to a
 * pending authenticator. The factor's state is sealed.
 */
export const challenges = pgTable(
  'challenges',
  {
    id: id(),
    purpose: text({ enum: ['sign-in', 'enrol', 'step-up', 'phone-change'] }).notNull(),
    personId: uuid().notNull(),
    attemptId: uuid(),
    sessionId: uuid(),
    authenticatorId: uuid()
      .notNull()
      .references(() => authenticators.id),
    factor: text({ enum: factorNames }).notNull(),
    state: text().notNull(),
    tries: integer().notNull().default(0),
    maxTries: integer().notNull().default(5),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    consumedAt: moment(),
  },
  (t) => [
    index('challenges_person').on(t.personId),
    check('challenges_one_owner', sql`num_nonnulls(${t.attemptId}, ${t.sessionId}) = 1`),
  ],
)
