import { accountTypes, roles } from '@countersign/contract'
import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'
import { companies } from './companies.ts'
import { persons } from './persons.ts'

/**
 * A person in a company: invited (joinedAt null) → active → deactivated (deactivatedAt) → active again.
 * The mobile number is what the company has on file, not necessarily a factor.
 */
export const memberships = pgTable(
  'memberships',
  {
    id: id(),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    role: text({ enum: roles }).notNull().default('employee'),
    accountType: text({ enum: accountTypes }).notNull().default('employee'),
    /** E.164. */
    mobileNumber: text(),
    /** The provider's verdict on that number, once asked. */
    lineType: text({ enum: ['mobile', 'not-mobile', 'unknown', 'unsuitable'] }),
    invitedAt: moment(),
    /** What the company calls somebody who has not joined; the account behind the address is none of its business. */
    invitedName: text(),
    joinedAt: moment(),
    deactivatedAt: moment(),
    lastSignInAt: moment(),
    /** "Remind me in 48 hours": no prompt before this. */
    remindAt: moment(),
    createdAt: moment().notNull(),
    /** Counts edits, so that the second of two admins is told. */
    version: integer().notNull().default(1),
    /** Folded name and address for order and search; the trigger memberships_directory keeps them. */
    sortName: text().notNull().default(''),
    sortEmail: text().notNull().default(''),
    search: text().notNull().default(''),
  },
  (t) => [
    uniqueIndex('memberships_company_person').on(t.companyId, t.personId),
    index('memberships_person').on(t.personId),
    index('memberships_by_name').on(t.companyId, t.sortName, t.personId),
    index('memberships_by_email').on(t.companyId, t.sortEmail, t.personId),
    check('memberships_client_role', sql`${t.accountType} = 'employee' or ${t.role} = 'employee'`),
  ],
)
