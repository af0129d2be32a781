import postgres from 'postgres'
import type { Log } from '../deps.ts'

/** Class of the advisory locks by which queues are known to live; the second half is the queue's name, hashed. */
const alive = 0x71756575
/** Between two rounds, in ms. Also how long a job of a killed process waits at most. */
const round = 5000

/**
 * Frees the jobs of processes that were killed. The queue leaves them locked for four hours, which is too long for
 * a mail with a code in it. So each process holds a lock named after each of its queues on a connection of its own:
 * PostgreSQL drops it with the process, and every other one sees that the jobs have nobody any more.
 */
export const watchOver = async (connectionString: string, queues: string[], log: Log) => {
  const sql = postgres(connectionString, {
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    connect_timeout: 5,
    onnotice: () => {},
    // A machine that vanished with its connection is noticed within a minute.
    connection: { tcp_keepalives_idle: 30, tcp_keepalives_interval: 10, tcp_keepalives_count: 3 },
  })
  // A new connection, after the database was away, needs the lock anew; taking it twice does no harm.
  const live = () =>
    sql`select pg_try_advisory_lock(${alive}, hashtext(name)) from unnest(${queues}::text[]) name`
  const free = () => sql`
    with dead as (
      select distinct locked_by from graphile_worker.jobs j
      where locked_by <> all(${queues}::text[]) and locked_at < now() - interval '5 seconds' and not exists (
        select 1 from pg_locks l where l.locktype = 'advisory' and l.classid::bigint = ${alive}
          and l.objid::bigint = hashtext(j.locked_by)::bigint & 4294967295
          and l.database = (select oid from pg_database where datname = current_database()))
    )
    select graphile_worker.force_unlock_workers(array_agg(locked_by)) from dead having count(*) > 0`
  const goRound = async () => {
    try {
      await live()
      await free()
    } catch (error) {
      log.warn({ error }, 'queue watch')
    }
  }
  await goRound()
  const timer = setInterval(goRound, round)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await sql.end({ timeout: 1 })
    },
  }
}
