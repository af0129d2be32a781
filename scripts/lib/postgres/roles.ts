import postgres from 'postgres'

export interface RolePasswords {
  owner: string
  app: string
  worker: string
}

export interface DatabaseUrls {
  /** Runs migrations and owns every table. */
  owner: string
  /** What the portal's requests use: owns nothing, so no trigger or policy can be switched off by it. */
  app: string
  /** Runs jobs, and owns the job queue's schema only. */
  worker: string
}

const names = { owner: 'countersign_owner', app: 'countersign_app', worker: 'countersign_worker' } as const

/** Makes the three login roles, or gives the ones that exist these passwords. */
export async function ensureRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  await withAdmin(adminUrl, async (sql) => {
    const existing = new Set((await sql`SELECT rolname FROM pg_roles`).map((row) => row.rolname))
    for (const role of ['owner', 'app', 'worker'] as const) {
      const verb = existing.has(names[role]) ? 'ALTER' : 'CREATE'
      await sql.unsafe(
        `${verb} ROLE ${names[role]} LOGIN PASSWORD '${passwords[role].replaceAll("'", "''")}'`,
      )
    }
    // The migrations hand the queue's schema to the worker, which takes membership in its role.
    await sql`GRANT ${sql(names.app)}, ${sql(names.worker)} TO ${sql(names.owner)} WITH ADMIN OPTION`
  })
}

/** Makes the database if it does not exist, open to the three roles only. */
export async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
  await withAdmin(adminUrl, async (sql) => {
    const [found] = await sql`SELECT 1 FROM pg_database WHERE datname = ${database}`
    if (!found) await sql`CREATE DATABASE ${sql(database)} OWNER ${sql(names.owner)}`
    await sql`REVOKE ALL ON DATABASE ${sql(database)} FROM PUBLIC`
    await sql`GRANT CONNECT ON DATABASE ${sql(database)} TO ${sql(names.app)}, ${sql(names.worker)}`
  })
}

export function roleUrls(adminUrl: string, database: string, passwords: RolePasswords): DatabaseUrls {
  const as = (role: keyof typeof names) => urlOf(adminUrl, database, names[role], passwords[role])
  return { owner: as('owner'), app: as('app'), worker: as('worker') }
}

function urlOf(adminUrl: string, database: string, user?: string, password?: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  if (user !== undefined) url.username = user
  if (password !== undefined) url.password = password
  return url.href
}

/** Runs `work` on one superuser connection that is closed afterwards. */
export async function withAdmin<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
