import { cidr, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from './columns.ts'
import { companies } from './companies.ts'
import { persons } from './persons.ts'

/** A place from where a company's employees need not prove the second factor at every sign-in. Removed for good. */
export const trustedNetworks = pgTable(
  'trusted_networks',
  {
    id: id(),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    name: text().notNull(),
    cidr: cidr().notNull(),
    createdBy: uuid(),
    createdAt: moment().notNull(),
  },
  (t) => [uniqueIndex('trusted_networks_company').on(t.companyId, t.cidr)],
)

/**
 * "This person passed the second factor here": of one person, company, network and browser, for 21 days from
 * verifiedAt and never longer. The browser's token is replaced at each use; a spent one that comes back ends the
 * row. Triggers delete it with a changed factor, a new password and another role.
 */
export const networkTrusts = pgTable(
  'network_trusts',
  {
    id: id(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    networkId: uuid()
      .notNull()
      .references(() => trustedNetworks.id, { onDelete: 'cascade' }),
    tokenHash: bytes().notNull(),
    spent: bytes().array().notNull().default([]),
    verifiedAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [
    index('network_trusts_person').on(t.personId, t.companyId),
    index('network_trusts_network').on(t.networkId),
  ],
)
