import { signingAlgs } from '@countersign/contract'
import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { applications } from './applications.ts'
import { bytes, id, moment } from './columns.ts'
import { sessions } from './sessions.ts'

export const oidcKinds = ['code', 'access-token', 'interaction'] as const

/**
 * What the OpenID Connect provider has to keep: usable until expiresAt, a code until consumedAt. The value somebody
 * holds is not in here, only its hash. An interaction belongs to the browser that began it and has no session yet.
 */
export const oidcRecords = pgTable(
  'oidc_records',
  {
    hash: bytes().primaryKey(),
    kind: text({ enum: oidcKinds }).notNull(),
    applicationId: uuid()
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    sessionId: uuid().references(() => sessions.id, { onDelete: 'cascade' }),
    /** What one authorization gave: a code and what it was exchanged for. */
    grantId: uuid(),
    browserHash: bytes(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    consumedAt: moment(),
  },
  (t) => [
    index('oidc_records_grant').on(t.grantId).where(sql`${t.grantId} is not null`),
    index('oidc_records_session').on(t.sessionId).where(sql`${t.sessionId} is not null`),
    index('oidc_records_expiry').on(t.expiresAt),
    check(
      'oidc_records_owner',
      sql`case ${t.kind} when 'interaction' then ${t.browserHash} is not null and ${t.sessionId} is null
        else ${t.browserHash} is null and ${t.sessionId} is not null and ${t.grantId} is not null end`,
    ),
  ],
)

/** Applications a session has entered; when it ends, the trigger sessions_tell_applications tells each. */
export const sessionApplications = pgTable(
  'session_applications',
  {
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    applicationId: uuid()
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    enteredAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.applicationId] }),
    index('session_applications_application').on(t.applicationId),
  ],
)

/**
 * Keys that sign tokens, as JWKs (RFC 7517), sealed. Known (from createdAt) → signing (from signsFrom) → only
 * known, since a newer one signs → gone, once no token of it lives.
 */
export const signingKeys = pgTable(
  'signing_keys',
  {
    id: id(),
    alg: text({ enum: signingAlgs }).notNull(),
    jwk: text().notNull(),
    createdAt: moment().notNull(),
    signsFrom: moment().notNull(),
  },
  (t) => [index('signing_keys_order').on(t.alg, t.signsFrom)],
)
