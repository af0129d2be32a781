import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../packages/core/src/db/migrate.ts'
import { memoryFolder } from '../lib/paths.ts'
import { startCluster } from '../lib/postgres/cluster.ts'
import { ensureDatabase, ensureRoles, roleUrls, withAdmin } from '../lib/postgres/roles.ts'

/**
 * Vitest's global set-up: one PostgreSQL for the whole run, with a migrated template that each test file copies.
 * `DATABASE_URL_TEST` (a superuser's connection string) takes a running server instead.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer()
  try {
    const template = `countersign_template_${randomBytes(6).toString('hex')}`
    const passwords = { owner: 'owner', app: 'app', worker: 'worker' }
    await ensureRoles(server.adminUrl, passwords)
    await ensureDatabase(server.adminUrl, template)
    const roles = roleUrls(server.adminUrl, template, passwords)
    await migrate(roles.owner, roles.worker)
    project.provide('testServer', { adminUrl: server.adminUrl, template, roles })
    return async () => {
      await withAdmin(server.adminUrl, (sql) => sql`DROP DATABASE ${sql(template)} WITH (FORCE)`)
      await server.stop()
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function testServer(): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  const given = process.env.DATABASE_URL_TEST
  if (given) return { adminUrl: given, stop: async () => {} }
  const dataDir = mkdtempSync(join(memoryFolder(), 'countersign-test-'))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  const cluster = await startCluster({ dataDir, superuserPassword: 'superuser', durable: false }).catch(
    (error) => {
      remove()
      throw error
    },
  )
  const stop = async () => {
    await cluster.stop()
    remove()
  }
  return { adminUrl: cluster.adminUrl, stop }
}
