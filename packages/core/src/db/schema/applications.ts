import { accountTypes, applicationKinds, roles, signingAlgs } from '@countersign/contract'
import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from './columns.ts'

/**
 * What people sign in for. The operator's, not a company's: in use → disabled (disabledAt) → in use again.
 * Addresses are compared as they are written; nothing in here is a pattern.
 */
export const applications = pgTable(
  'applications',
  {
    id: id(),
    clientId: text().notNull(),
    name: text().notNull(),
    kind: text({ enum: applicationKinds }).notNull(),
    /** `data:image/…` or a path of ours. */
    logo: text(),
    /** #rrggbb. */
    colour: text(),
    /** Null for a public client, and for forward authentication, which has no secret. */
    secretHash: bytes(),
    signingAlg: text({ enum: signingAlgs }).notNull().default('RS256'),
    redirectUris: text().array().notNull().default([]),
    postLogoutRedirectUris: text().array().notNull().default([]),
    backchannelLogoutUri: text(),
    /** Host names in front of which a proxy asks us. */
    hosts: text().array().notNull().default([]),
    homeUrl: text(),
    /** Null: people of every company. */
    companyIds: uuid().array(),
    accountTypes: text({ enum: accountTypes }).array().notNull(),
    roles: text({ enum: roles }).array().notNull(),
    minimumAal: integer().$type<1 | 2>().notNull().default(1),
    /** Seconds that the last check may be old; null: as long as the session lives. */
    maxAge: integer(),
    createdAt: moment().notNull(),
    disabledAt: moment(),
  },
  (t) => [
    uniqueIndex('applications_client_id').on(t.clientId),
    check('applications_colour', sql`${t.colour} ~ '^#[0-9a-f]{6}$'`),
    check('applications_minimum_aal', sql`${t.minimumAal} in (1, 2)`),
    check('applications_max_age', sql`${t.maxAge} > 0`),
    check('applications_kind', sql`${t.kind} = 'oidc' or ${t.secretHash} is null`),
  ],
)
