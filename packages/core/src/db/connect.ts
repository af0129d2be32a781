import postgres from 'postgres'

export type Sql = postgres.Sql
/** A connection or a transaction: whatever named SQL runs on. */
export type Db = postgres.Sql | postgres.TransactionSql

export type ConnectOptions = {
  /** Connections at most. Two in five, and six at most, are kept for statements that several share. */
  max?: number
  /** Drop to this role on every connection, for operators who give one login only. */
  role?: string
  /** Told of every statement sent; the bench counts round trips with it. */
  onStatement?: (text: string) => void
  /** Told the SQLSTATE when a shared statement was refused for more than a lock; its people are asked again alone. */
  onRefusal?: (code: string) => void
}

type Sharing = { sql: Sql; onRefusal?: ConnectOptions['onRefusal'] }
const sharing = new WeakMap<Sql, Sharing>()

/**
 * Connects to PostgreSQL; columns are camelCase in TypeScript and snake_case in SQL.
 * Statements are prepared, connections are re-established by themselves after a restart of the server.
 */
export const connect = (url: string, options: ConnectOptions = {}): Sql => {
  const max = options.max ?? 16
  const kept = Math.min(6, Math.floor(max * 0.4))
  const sql = pool(url, max - kept, options)
  const shared = kept > 0 ? pool(url, kept, options) : sql
  sharing.set(sql, { sql: shared, onRefusal: options.onRefusal })
  if (shared === sql) return sql
  const { end } = sql
  return Object.assign(sql, {
    end: async (how?: Parameters<typeof end>[0]) => {
      await Promise.all([end(how), shared.end(how)])
    },
  })
}

/**
 * The connections of a pool on which nothing waits for long. Where none is free, the driver sends a statement after one
 * that still waits; one that several share would make all of them wait, and three all who come after.
 */
export const forShared = (sql: Sql): Sharing => sharing.get(sql) ?? { sql }

const pool = (url: string, max: number, options: ConnectOptions): Sql =>
  postgres(url, {
    max,
    idle_timeout: 60,
    connect_timeout: 5,
    max_lifetime: 3600,
    // Seconds between tries to connect: the driver's own back-off would leave a database unused for 20 s after it is back.
    backoff: (tries) => Math.min(0.05 * 2 ** tries, 1),
    onnotice: () => {},
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    connection: {
      application_name: 'countersign',
      statement_timeout: 30_000,
      // What requests wait for lies in memory, where any page is as near as the next; so an index serves small tables too.
      random_page_cost: 1.1,
      ...(options.role ? { options: `-c role=${options.role}` } : {}),
    },
    ...(options.onStatement
      ? { debug: (_connection: number, text: string) => options.onStatement?.(text) }
      : {}),
  })
