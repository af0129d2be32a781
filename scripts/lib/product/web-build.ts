import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../paths.ts'
import { startChild } from './child.ts'

const pages = ['web', 'authenticator']
const ignored = (path: string) => /(^|\/)(node_modules|dist)(\/|$)/.test(path)

/** Builds the pages whose sources changed since their last build; answers the names of those it built. */
export async function buildStalePages(logs: string, signal: AbortSignal): Promise<string[]> {
  const existing = pages.filter((page) => existsSync(join(root, 'apps', page, 'vite.config.ts')))
  const built = await Promise.all(existing.map((page) => buildWhenStale(page, logs, signal)))
  return built.filter((page) => page !== undefined)
}

async function buildWhenStale(page: string, logs: string, signal: AbortSignal): Promise<string | undefined> {
  const stamp = join(root, '.cache', `${page}.built-from`)
  const digest = sourceDigest(page)
  const dist = join(root, 'apps', page, 'dist')
  if (existsSync(dist) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return undefined
  await viteBuild(page, logs, signal)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, digest)
  return page
}

/** A digest of everything a build reads: the page, the shapes it shares with the server, and the versions. */
function sourceDigest(page: string): string {
  const tokens = 'apps/web/src/styles/tokens.css'
  const folders = [`apps/${page}/**/*`, tokens, 'packages/contract/**/*', 'pnpm-lock.yaml', 'tsconfig.json']
  const paths = globSync(folders, { cwd: root, exclude: ignored }).sort()
  const hash = createHash('sha256')
  for (const path of paths) {
    if (!statSync(join(root, path)).isFile()) continue
    hash.update(`${path}\0`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

async function viteBuild(page: string, logs: string, signal: AbortSignal): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const env = { NODE_ENV: 'production' }
  const child = startChild(`build-${page}`, {
    args: [vite, 'build'],
    cwd: join(root, 'apps', page),
    env,
    logs,
    echo: false,
    signal,
  })
  const code = await new Promise((done) => child.process.once('close', done))
  signal.throwIfAborted()
  if (code !== 0) throw new Error(`The page ${page} could not be built:\n${child.lastWords()}`)
}
