import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from './columns.ts'

/**
 * The app's side of an authenticator: offered (a code in a QR code) → paired (pairedAt, once) or expired.
 * What the device said of itself is sealed until the authenticator is confirmed and keeps it as its credential.
 */
export const pushDevices = pgTable(
  'push_devices',
  {
    authenticatorId: uuid().primaryKey(),
    personId: uuid().notNull(),
    codeHash: bytes().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    pairedAt: moment(),
    device: text(),
    /** Reads this device's requests; whatever it does is signed. */
    tokenHash: bytes(),
    /** When somebody else tried the code after it was taken, and the person was told. */
    stolenAt: moment(),
  },
  (t) => [
    uniqueIndex('push_devices_code').on(t.codeHash),
    uniqueIndex('push_devices_token').on(t.tokenHash),
    index('push_devices_person').on(t.personId, t.createdAt),
  ],
)

/**
 * A question on a device: open → decided (once) or expired or withdrawn. Kept 30 days: the budgets against
 * fatigue are counted from here.
 */
export const pushRequests = pgTable(
  'push_requests',
  {
    id: id(),
    authenticatorId: uuid().notNull(),
    personId: uuid().notNull(),
    companyId: uuid(),
    companyName: text(),
    ownerKind: text({ enum: ['attempt', 'session'] }).notNull(),
    ownerId: uuid().notNull(),
    number: text().notNull(),
    address: text().notNull(),
    browser: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    decision: text({ enum: ['approved', 'denied', 'disowned', 'wrong-number'] }),
    decidedAt: moment(),
    withdrawnAt: moment(),
  },
  (t) => [
    index('push_requests_person').on(t.personId, t.createdAt),
    index('push_requests_authenticator').on(t.authenticatorId, t.expiresAt),
  ],
)

/** Where a device can be woken while the app is shut; address and keys are sealed. Gone when the service says so. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: id(),
    authenticatorId: uuid().notNull(),
    endpointHash: bytes().notNull(),
    subscription: text().notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [uniqueIndex('push_subscriptions_one').on(t.authenticatorId, t.endpointHash)],
)
