import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from './columns.ts'

/** Every code sent by text, call or mail; cool-downs and budgets are counted from here. Kept 30 days. */
export const sends = pgTable(
  'sends',
  {
    id: id(),
    personId: uuid().notNull(),
    /** Keyed hash of the number or address. */
    destination: bytes().notNull(),
    channel: text({ enum: ['sms', 'call', 'email'] }).notNull(),
    address: text().notNull(),
    at: moment().notNull(),
    /** When a code of this person was entered right; cool-downs start over from there. */
    answeredAt: moment(),
  },
  (t) => [
    index('sends_person').on(t.personId, t.at),
    index('sends_destination').on(t.destination, t.at),
    index('sends_address').on(t.address, t.at),
  ],
)
