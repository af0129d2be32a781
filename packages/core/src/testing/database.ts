import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { connect, type Sql } from '../db/connect.ts'

/** The server that the test run started, with the migrated database that test databases are copies of. */
export interface TestServer {
  /** Superuser's connection string. */
  adminUrl: string
  template: string
  /** Connection strings of the three roles for the template; only the database's name is replaced. */
  roles: { owner: string; app: string; worker: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

export interface TestDatabase {
  /** Connected as the portal's requests are: owns nothing. */
  app: Sql
  /** Connected as the owner of the tables, for what the portal may not do. */
  owner: Sql
  urls: { owner: string; app: string; worker: string }
}

/** An empty, migrated database of the calling test file's own; connections and database go after its tests. */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template, roles } = inject('testServer')
  const name = `countersign_test_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, async (sql) => {
    await sql`CREATE DATABASE ${sql(name)} OWNER countersign_owner TEMPLATE ${sql(template)} STRATEGY file_copy`
    // Privileges on a database are the one thing a copy does not inherit.
    await sql`GRANT CREATE ON DATABASE ${sql(name)} TO countersign_worker`
  })
  const urls = { owner: of(roles.owner, name), app: of(roles.app, name), worker: of(roles.worker, name) }
  const app = connect(urls.app)
  const owner = connect(urls.owner, { max: 2 })
  afterAll(async () => {
    await Promise.all([app.end({ timeout: 1 }), owner.end({ timeout: 1 })])
    await asAdmin(adminUrl, (sql) => sql`DROP DATABASE ${sql(name)} WITH (FORCE)`)
  })
  return { app, owner, urls }
}

function of(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href
}

async function asAdmin(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1 })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}
