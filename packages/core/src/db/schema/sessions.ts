import { type Amr, accountTypes, roles } from '@countersign/contract'
import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from './columns.ts'
import { persons } from './persons.ts'

/**
 * A finished sign-in: live until idle for idleSeconds, until expiresAt (12 h, NIST SP 800-63B §2.2.3), or ended.
 * aal 2 means that a second factor was proven in it (at factorAt); the token is rotated whenever aal rises.
 * What every request asks about its person stands beside it (decision 15); triggers keep that true, whoever writes.
 */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    tokenHash: bytes().notNull(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    /** The company acted in; null until a person of several companies has chosen. */
    companyId: uuid(),
    name: text().notNull(),
    email: text().notNull(),
    companyName: text(),
    /** As the membership in companyId has it; null without a company, and where that membership is no longer active. */
    role: text({ enum: roles }),
    accountType: text({ enum: accountTypes }),
    /** Active memberships of the person. */
    companies: integer().notNull(),
    attemptId: uuid(),
    aal: integer().$type<1 | 2>().notNull(),
    amr: text().array().$type<Amr[]>().notNull(),
    /** The authenticator last proven here; what rests on it ends with it. */
    authenticatorId: uuid(),
    factorAt: moment(),
    address: text().notNull(),
    userAgent: text().notNull(),
    idleSeconds: integer().notNull(),
    createdAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
    expiresAt: moment().notNull(),
    endedAt: moment(),
  },
  (t) => [
    uniqueIndex('sessions_token').on(t.tokenHash),
    index('sessions_person').on(t.personId).where(sql`${t.endedAt} is null`),
    check('sessions_aal', sql`(${t.aal} = 2) = (${t.factorAt} is not null)`),
  ],
)
