import { join } from 'node:path'
import { type Cluster, startCluster } from '../postgres/cluster.ts'
import { type DatabaseUrls, ensureDatabase, ensureRoles, roleUrls } from '../postgres/roles.ts'
import type { Secrets } from './secrets.ts'

export interface ProductDatabase {
  urls: DatabaseUrls
  cluster: Cluster
}

/** The embedded database of an installation, with its three roles. */
export async function startDatabase(home: string, secrets: Secrets): Promise<ProductDatabase> {
  const cluster = await startCluster({
    dataDir: join(home, 'postgres'),
    superuserPassword: secrets.databaseSuperuser,
    durable: true,
  })
  try {
    const passwords = {
      owner: secrets.databaseOwner,
      app: secrets.databaseApp,
      worker: secrets.databaseWorker,
    }
    await ensureRoles(cluster.adminUrl, passwords)
    await ensureDatabase(cluster.adminUrl, 'countersign')
    return { cluster, urls: roleUrls(cluster.adminUrl, 'countersign', passwords) }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}
