import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, connect as openSocket, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@countersign/core/db/connect'
import { migrate } from '@countersign/core/db/migrate'
import { startCluster } from '../../../../scripts/lib/postgres/cluster.ts'
import { ensureDatabase, ensureRoles, roleUrls } from '../../../../scripts/lib/postgres/roles.ts'

const passwords = { owner: 'owner', app: 'app', worker: 'worker' }

/** A PostgreSQL of the test's own that may go away and come back, under one address all the while. */
export const restartingDatabase = async ({ durable }: { durable: boolean }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-faults-'))
  const start = () => startCluster({ dataDir, superuserPassword: 'superuser', durable })
  let cluster = await start()

  const sockets = new Set<Socket>()
  const door = createServer((client) => {
    const server = openSocket(cluster.port, '127.0.0.1')
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from)
      from.on('close', () => sockets.delete(from))
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
      from.pipe(to)
    }
  })
  const open = (port: number) => new Promise<void>((resolve) => door.listen(port, '127.0.0.1', resolve))
  await open(0)
  const { port } = door.address() as { port: number }
  const close = () => {
    door.close()
    for (const socket of sockets) socket.destroy()
  }

  await ensureRoles(cluster.adminUrl, passwords)
  await ensureDatabase(cluster.adminUrl, 'faults')
  const throughDoor = Object.assign(new URL(cluster.adminUrl), { port: String(port) })
  const urls = roleUrls(throughDoor.href, 'faults', passwords)
  await migrate(urls.owner, urls.worker)
  return {
    database: { app: connect(urls.app), owner: connect(urls.owner, { max: 2 }), urls },
    goAway: async () => {
      door.close()
      await cluster.stop()
      close()
    },
    /** As if the machine had lost what it had not written: nothing is flushed, nobody is told. */
    crash: async () => {
      const gone = once(cluster.process, 'close')
      cluster.process.kill('SIGQUIT')
      await gone
      close()
    },
    comeBack: async () => {
      cluster = await start()
      await open(port)
    },
    remove: async () => {
      close()
      await cluster.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
