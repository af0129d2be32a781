import { sql } from 'drizzle-orm'
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Primary keys are UUID v7 (RFC 9562 §5.7): unguessable enough, and in order of creation. */
export const id = () => uuid().primaryKey().default(sql`uuidv7()`)

/** Moments, never local times. */
export const moment = () => timestamp({ withTimezone: true, precision: 3 })

/** Hashes of tokens; the tokens themselves are in cookies and mails only. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
