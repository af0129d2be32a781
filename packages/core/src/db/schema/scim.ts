import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from './columns.ts'
import { companies } from './companies.ts'
import { memberships } from './memberships.ts'

/**
 * A company's token for its directory: current → replaced (endsAt: the overlap of a rotation) → over; or revoked, which
 * counts at once. A hash is all that is kept.
 */
export const scimTokens = pgTable(
  'scim_tokens',
  {
    id: id(),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    tokenHash: bytes().notNull(),
    /** Its last four characters, to tell two apart. */
    hint: text().notNull(),
    createdBy: uuid(),
    createdAt: moment().notNull(),
    endsAt: moment(),
    revokedAt: moment(),
    lastUsedAt: moment(),
  },
  (t) => [
    uniqueIndex('scim_tokens_hash').on(t.tokenHash),
    uniqueIndex('scim_tokens_current')
      .on(t.companyId)
      .where(sql`${t.endsAt} is null and ${t.revokedAt} is null`),
  ],
)

/** What a multi-valued attribute holds (RFC 7643 §2.4). */
export type ScimValue = { value: string; type?: string | undefined; primary?: boolean | undefined }

/** What a directory wrote of a person, as it wrote it; what counts lies in person and membership. */
export type ScimAttributes = {
  displayName?: string | undefined
  name?:
    | { formatted?: string | undefined; givenName?: string | undefined; familyName?: string | undefined }
    | undefined
  emails?: ScimValue[] | undefined
  phoneNumbers?: ScimValue[] | undefined
}

/**
 * How a directory knows a member (RFC 7643 §4.1). A member without a row was added by hand and goes by their address.
 * Deleted by the directory (deletedAt) counts while the member is deactivated: then it sees them no longer.
 */
export const scimMembers = pgTable(
  'scim_members',
  {
    membershipId: uuid()
      .primaryKey()
      .references(() => memberships.id, { onDelete: 'cascade' }),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    userName: text().notNull(),
    externalId: text(),
    attributes: jsonb().$type<ScimAttributes>().notNull().default({}),
    deletedAt: moment(),
  },
  (t) => [
    uniqueIndex('scim_members_user_name')
      .on(t.companyId, sql`lower(${t.userName})`)
      .where(sql`${t.deletedAt} is null`),
    // Deleted ones too: they are seen again once somebody lets them back in.
    index('scim_members_by_name').on(t.companyId, sql`lower(${t.userName})`),
    index('scim_members_external').on(t.companyId, t.externalId),
  ],
)
