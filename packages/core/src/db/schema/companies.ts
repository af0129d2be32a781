import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from './columns.ts'

/**
 * A partner. Enforcement: nothing → announced (requiredFrom ahead) → required (requiredAt set), and never back:
 * the trigger companies_requirement_stays refuses it whatever the statement.
 */
export const companies = pgTable(
  'companies',
  {
    id: id(),
    name: text().notNull(),
    /** Since when two-factor authentication is required; once set it stays. */
    requiredAt: moment(),
    requiredBy: uuid(),
    /** Announced start of the requirement, while it is not in force. */
    requiredFrom: moment(),
    announcedAt: moment(),
    /** Waiting time of a phone change request, hours. */
    phoneChangeHours: integer().notNull().default(72),
    /** Life of a passcode an admin sends, minutes. */
    passcodeMinutes: integer().notNull().default(60),
    /** The mail carries one half of a passcode, the admin reads the other out. */
    twoPartPasscodes: boolean().notNull().default(false),
    createdAt: moment().notNull(),
  },
  (t) => [
    check('companies_phone_change_hours', sql`${t.phoneChangeHours} between 0 and 72`),
    check('companies_passcode_minutes', sql`${t.passcodeMinutes} between 10 and 1440`),
  ],
)
