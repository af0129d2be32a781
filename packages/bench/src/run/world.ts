import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers, freePort } from '../../../../scripts/lib/ports.ts'
import { type Cluster, startCluster } from '../../../../scripts/lib/postgres/cluster.ts'
import {
  type DatabaseUrls,
  ensureDatabase,
  ensureRoles,
  roleUrls,
} from '../../../../scripts/lib/postgres/roles.ts'
import { startChild } from '../../../../scripts/lib/product/child.ts'
import type { Part } from '../../../../scripts/lib/product/parts.ts'
import type { Subject } from '../subjects/subject.ts'

export type Server = { origin: string; part: Part }

/** One PostgreSQL, as durable as in production, and the servers measured on it. */
export type World = {
  cluster: Cluster
  /** A database of this name, open to the three roles. */
  database: (name: string) => Promise<DatabaseUrls>
  start: (subject: Subject, urls: DatabaseUrls, extra?: NodeJS.ProcessEnv) => Promise<Server>
}

const passwords = { owner: 'owner', app: 'app', worker: 'worker' }
const meter = new URL('./meter.ts', import.meta.url).href

/** Runs `work` on a cluster made for it, which goes with everything in it. */
export const inWorld = async <T>(work: (world: World) => Promise<T>): Promise<T> => {
  const home = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const parts: Part[] = []
  const end = new AbortController()
  let cluster: Cluster | undefined
  try {
    cluster = await startCluster({
      dataDir: join(home, 'postgres'),
      superuserPassword: 'bench',
      durable: true,
    })
    await ensureRoles(cluster.adminUrl, passwords)
    const started = cluster
    return await work({
      cluster,
      database: async (name) => {
        await ensureDatabase(started.adminUrl, name)
        return roleUrls(started.adminUrl, name, passwords)
      },
      start: async (subject, urls, extra = {}) => {
        const port = await freePort()
        const part = startChild(`${subject.database}-${port}`, {
          args: ['--import', meter, subject.server],
          env: { ...subject.environment(urls, port), ...extra },
          logs: join(home, 'logs'),
          echo: false,
        })
        parts.push(part)
        const origin = `http://127.0.0.1:${port}`
        await answers(`${origin}/healthz`, AbortSignal.any([end.signal, gone(part)])).catch((error) => {
          throw new Error(`${subject.name} did not start: ${error}\n${part.lastWords()}`)
        })
        return { origin, part }
      },
    })
  } finally {
    end.abort()
    await Promise.all(parts.map((part) => part.stop()))
    await cluster?.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

const gone = (part: Part): AbortSignal => {
  const over = new AbortController()
  part.process.once('close', () => over.abort())
  return over.signal
}
