import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../ports.ts'
import { postgresBinaries } from './binaries.ts'
import { databaseIdentity, type Identity } from './identity.ts'
import { reclaim } from './stale.ts'

interface ClusterOptions {
  dataDir: string
  superuserPassword: string
  /** Tests give up durability for speed: their data need not survive a power cut. */
  durable: boolean
}

export interface Cluster {
  /** Connection string of the superuser for the maintenance database. */
  adminUrl: string
  port: number
  process: ChildProcess
  /** The last lines the server wrote, for a message when it dies. */
  lastWords: () => string
  stop: () => Promise<void>
}

const fast = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
]
const always = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'io_method=sync',
]

/** Starts PostgreSQL on a free port over `dataDir`, which is created when it holds no database yet. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { initdb, postgres } = await postgresBinaries()
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const identity = databaseIdentity([initdb, options.dataDir])
  if (existsSync(join(options.dataDir, 'PG_VERSION'))) await reclaim(options.dataDir)
  else await initialise(initdb, options, identity)

  const port = await freePort()
  const settings = options.durable ? always : [...always, ...fast]
  const args = ['-D', options.dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const server = spawnAs(identity, postgres, args)
  const lastWords = await ready(server)
  const password = encodeURIComponent(options.superuserPassword)
  return {
    adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    process: server,
    lastWords,
    stop: () => stop(server),
  }
}

async function initialise(initdb: string, options: ClusterOptions, identity: Identity): Promise<void> {
  const secretDir = mkdtempSync(join(tmpdir(), 'countersign-'))
  const passwordFile = join(secretDir, 'password')
  writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 })
  for (const path of [options.dataDir, secretDir, passwordFile]) {
    if (identity.uid !== undefined && identity.gid !== undefined) chownSync(path, identity.uid, identity.gid)
  }
  chmodSync(options.dataDir, 0o700)
  try {
    const sync = options.durable ? [] : ['--no-sync']
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
    const child = spawnAs(identity, initdb, ['-D', options.dataDir, ...access, ...locale, ...sync])
    const said = collect(child)
    const [code] = await once(child, 'close')
    if (code !== 0) throw new Error(`PostgreSQL could not create ${options.dataDir}:\n${said()}`)
  } catch (error) {
    // A half-made folder would look like a database to the next start.
    rmSync(options.dataDir, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(secretDir, { recursive: true, force: true })
  }
}

/** In its own process group, so that Ctrl-C in the terminal does not stop the database before the portal. */
function spawnAs(identity: Identity, binary: string, binaryArgs: string[]): ChildProcess {
  const { program, args, ...ids } = identity.command(binary, binaryArgs)
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  return spawn(program, args, { ...ids, cwd: '/', detached: true, env, stdio: ['ignore', 'ignore', 'pipe'] })
}

function collect(child: ChildProcess, onLine?: (line: string) => void): () => string {
  const lines: string[] = []
  if (child.stderr) {
    createInterface(child.stderr).on('line', (line) => {
      lines.push(line)
      if (lines.length > 20) lines.shift()
      onLine?.(line)
    })
  }
  return () => lines.join('\n')
}

function ready(server: ChildProcess): Promise<() => string> {
  return new Promise((resolve, reject) => {
    const lastWords = collect(server, (line) => {
      if (line.includes('database system is ready to accept connections')) resolve(lastWords)
    })
    server.once('error', reject)
    server.once('close', () => reject(new Error(`PostgreSQL did not start:\n${lastWords()}`)))
  })
}

/** Fast shutdown (SIGINT ends sessions, then checkpoints); immediate (SIGQUIT) when that takes too long. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, 'exit')
  server.kill('SIGINT')
  const impatience = setTimeout(() => server.kill('SIGQUIT'), 5_000)
  await gone
  clearTimeout(impatience)
}
