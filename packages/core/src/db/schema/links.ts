import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from './columns.ts'
import { persons } from './persons.ts'

/**
 * What a mailed link stands for: open → used, replaced (usedAt) or expired. 256-bit token, hash stored;
 * opening the link does nothing, a confirmed click does.
 */
export const links = pgTable(
  'links',
  {
    id: id(),
    kind: text({
      enum: ['password-reset', 'email-change', 'invitation', 'not-me', 'cancel-phone-change'],
    }).notNull(),
    tokenHash: bytes().notNull(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    companyId: uuid(),
    payload: jsonb().$type<Record<string, string>>().notNull().default({}),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [uniqueIndex('links_token').on(t.tokenHash), index('links_person').on(t.personId, t.kind)],
)
