import type { Amr, Reason } from '@countersign/contract'
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from './columns.ts'
import { persons } from './persons.ts'

/**
 * What exists between the right password and the session, and can do nothing but finish signing in:
 * open (10 minutes) → finished (a session began) or ended (given up, voided, expired).
 */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    id: id(),
    tokenHash: bytes().notNull(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    /** The companies whose chains hear of it, in id order. */
    companyIds: uuid().array().notNull(),
    /** The company entered; null for a person of several, who chooses after signing in. */
    companyId: uuid(),
    outcome: text({
      enum: ['challenge', 'skip', 'let-in', 'remind', 'must-enrol', 'duo', 'passcode', 'locked', 'recover'],
    }).notNull(),
    reason: jsonb().$type<Reason>().notNull(),
    /** What was proven so far, RFC 8176. */
    amr: text().array().$type<Amr[]>().notNull(),
    /** When a second factor was proven within it. */
    factorAt: moment(),
    /** When the mailbox was proven: by an invitation link or a mailed code (first enrolment under enforcement). */
    emailProvenAt: moment(),
    /** Chosen in a recovery; becomes the password when the new factor is proven, and not before. */
    nextPasswordHash: text(),
    address: text().notNull(),
    userAgent: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    finishedAt: moment(),
    endedAt: moment(),
  },
  (t) => [
    uniqueIndex('sign_in_attempts_token').on(t.tokenHash),
    index('sign_in_attempts_person').on(t.personId),
  ],
)
