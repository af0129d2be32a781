import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { applications } from './applications.ts'
import { bytes, id, moment } from './columns.ts'
import { sessions } from './sessions.ts'

/**
 * Which application stands behind a host, and its rule (`EntryPolicy`, as JSON), by primary key: what a check reads
 * of it. A trigger keeps both in step with applications, in the same transaction.
 */
export const applicationHosts = pgTable(
  'application_hosts',
  {
    host: text().primaryKey(),
    applicationId: uuid()
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    policy: text().notNull(),
  },
  (t) => [index('application_hosts_application').on(t.applicationId)],
)

/**
 * A way for one browser to be known at the hosts of one domain: ticket (until ticketExpiresAt, for the browser and
 * host that asked) → pass, when the ticket was shown there. It lives as long as its session and opens nothing but
 * what forward authentication guards.
 */
export const passes = pgTable(
  'passes',
  {
    id: id(),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    /** The parent domain its cookie is for, or the one host. */
    domain: text().notNull(),
    ticketHash: bytes(),
    browserHash: bytes(),
    host: text().notNull(),
    tokenHash: bytes(),
    createdAt: moment().notNull(),
    ticketExpiresAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('passes_ticket').on(t.ticketHash),
    uniqueIndex('passes_token').on(t.tokenHash),
    index('passes_session').on(t.sessionId),
    check('passes_ticket_or_pass', sql`(${t.ticketHash} is null) = (${t.tokenHash} is not null)`),
  ],
)
