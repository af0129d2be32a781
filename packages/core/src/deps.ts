import type { Clock } from './clock.ts'
import type { Sql } from './db/connect.ts'
import type { Gateways } from './gateways/gateways.ts'
import type { Passwords } from './keys/passwords.ts'
import type { Seal } from './keys/seal.ts'
import type { KeyedHash } from './keys/tokens.ts'
import type { Wakes } from './push/wakes.ts'

/** What use cases need of the world; the server's deps.ts fills it once. */
export type Deps = {
  sql: Sql
  clock: Clock
  seal: Seal
  keyedHash: KeyedHash
  passwords: Passwords
  gateways: Gateways
  wakes: Wakes
  /** Public address of the portal from the configuration, never from a Host header. No trailing slash. */
  origin: string
  /** The operator lets companies trust private ranges, which are the same in every office. */
  privateNetworks: boolean
  /** How long a request waits for the mail server, ms; by default as in the parameters. */
  mailPatience?: number
  log: Log
}

export type Log = {
  info: (facts: Record<string, unknown>, message: string) => void
  warn: (facts: Record<string, unknown>, message: string) => void
  error: (facts: Record<string, unknown>, message: string) => void
}

/** Where a request came from, for throttles and the audit. */
export type Caller = {
  address: string
  userAgent: string
  requestId: string
  /** Set where no person calls: the audit then says by what way. */
  via?: 'scim'
}
