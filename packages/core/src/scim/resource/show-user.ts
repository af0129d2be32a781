import type { ScimUser } from '@countersign/contract'
import type { ScimAttributes, ScimValue } from '../../db/schema/scim.ts'
import type { ScimRow } from '../../db/stores/scim/members.ts'
import { emailAt, mobileAt, nameIn, readNumber } from './meaning.ts'
import { userSchema } from './read-user.ts'

const withValue = (all: ScimValue[], at: number, value: string): ScimValue[] =>
  all.map((one, index) => (index === at ? { ...one, value } : one))

const emailsNow = (stored: ScimValue[] | undefined, live: string): ScimValue[] | undefined => {
  const at = emailAt(stored)
  if (!stored || at < 0) return undefined
  return stored[at]?.value.toLowerCase() === live.toLowerCase() ? stored : withValue(stored, at, live)
}

/** As the directory wrote it while it means the same, so that it finds nothing to correct. */
const numbersNow = (stored: ScimValue[] = [], live: string | null): ScimValue[] | undefined => {
  const at = mobileAt(stored)
  const written = stored[at]?.value
  if (live === null) return at < 0 ? stored : stored.filter((_, index) => index !== at)
  if (written === undefined) return [...stored, { value: live, type: 'mobile' }]
  return readNumber(written)?.e164 === live ? stored : withValue(stored, at, live)
}

const namesNow = (stored: ScimAttributes, live: string): Pick<ScimAttributes, 'displayName' | 'name'> =>
  nameIn(stored) === live ? { displayName: stored.displayName, name: stored.name } : { displayName: live }

/** What a directory wrote, with what people changed here since: what its next patch applies to. */
export const asWritten = (row: ScimRow): ScimUser => {
  const stored = row.attributes ?? {}
  const { displayName, name } = namesNow(stored, row.name)
  return JSON.parse(
    JSON.stringify({
      userName: row.userName ?? row.email,
      externalId: row.externalId ?? undefined,
      displayName,
      name,
      active: row.deactivatedAt === null,
      emails: emailsNow(stored.emails, row.email),
      phoneNumbers: numbersNow(stored.phoneNumbers, row.mobileNumber),
    }),
  ) as ScimUser
}

export const etagOf = ({ version }: Pick<ScimRow, 'version'>): string => `W/"${version}"`

export type ScimResource = Record<string, unknown> & { id: string }

/** A User (RFC 7643 §4.1, §3.1). Roles and factors are no directory's business. */
export const showUser = (row: ScimRow, base: string): ScimResource => {
  const written = asWritten(row)
  return {
    schemas: [userSchema],
    id: row.membershipId,
    ...written,
    displayName: row.name,
    name: { formatted: row.name, ...written.name },
    emails: written.emails ?? [{ value: row.email, type: 'work', primary: true }],
    meta: {
      resourceType: 'User',
      created: row.createdAt.toISOString(),
      location: `${base}/Users/${row.membershipId}`,
      version: etagOf(row),
    },
  }
}
