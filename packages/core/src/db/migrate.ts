import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations } from 'graphile-worker'
import postgres from 'postgres'

const migrationsFolder = new URL('./migrations', import.meta.url).pathname

/** Any constant will do; it only has to be the same in every process that migrates. */
const lock = 0x636f756e

/** Adds `SET ROLE` to a connection address, for operators who give one login only. */
export const withRole = (url: string, role: string): string => {
  const address = new URL(url)
  address.searchParams.set('options', `-c role=${role}`)
  return address.toString()
}

/**
 * Brings the database up to date: our tables as the owner, the queue's as `countersign_worker`.
 * Safe to run from several processes at once (advisory lock); throws when a migration fails, changing nothing.
 * @param workerUrl address of the worker's login; without it the owner acts in that role.
 */
export const migrate = async (ownerUrl: string, workerUrl = withRole(ownerUrl, 'countersign_worker')) => {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    await client`select pg_advisory_lock(${lock})`
    await runDrizzle(drizzle({ client, casing: 'snake_case' }), { migrationsFolder })
    await runMigrations({ connectionString: workerUrl })
    await client`select pg_advisory_unlock(${lock})`
  } finally {
    await client.end()
  }
}
