import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './lib/browser.ts'
import { memoryFolder, root } from './lib/paths.ts'
import { freePort } from './lib/ports.ts'
import { startProduct } from './lib/product/product.ts'
import { findReverseProxies } from './lib/reverse-proxies/find.ts'

/** A product of one worker's own, and what tells its stories where to find it. */
interface Stage {
  environment: NodeJS.ProcessEnv
  strike: () => Promise<void>
}

/**
 * Tells the stories of e2e/ to products started for them alone, one for each worker, since scenarios and the clock are
 * the whole product's. Arguments go to Playwright and mean a few stories, for which one product is enough.
 */
async function tellStories(args: string[]): Promise<number> {
  const end = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end.abort())
  const browser = findBrowser()
  findReverseProxies()
  const own = process.env.DATABASE_URL
  const workers = args.length > 0 || own ? 1 : Math.min(availableParallelism(), 4)
  const stages: Stage[] = []
  try {
    // One after the other: the first builds the pages for all.
    for (let worker = 0; worker < workers; worker++) stages.push(await setStage(`${worker}`, end.signal))
    const PRODUCTS = JSON.stringify(stages.map(({ environment }) => environment))
    return await playwright(args, { PRODUCTS, CHROMIUM_PATH: browser }, end.signal)
  } finally {
    await Promise.all(stages.map(({ strike }) => strike()))
  }
}

async function setStage(name: string, signal: AbortSignal): Promise<Stage> {
  const home = mkdtempSync(join(memoryFolder(), 'countersign-e2e-'))
  const [portalPort, sandboxPort] = [await freePort(), await freePort()]
  const environment = { COUNTERSIGN_HOME: home, PORT: `${portalPort}`, SANDBOX_PORT: `${sandboxPort}` }
  Object.assign(process.env, environment)
  const clear = () => {
    const logs = join(home, 'logs')
    if (existsSync(logs)) cpSync(logs, join(root, 'test-results/logs', name), { recursive: true })
    rmSync(home, { recursive: true, force: true })
  }
  try {
    const { portal, sandbox, stop } = await startProduct({ dev: false, signal })
    const urls = { PORTAL_URL: portal, SANDBOX_URL: sandbox }
    return { environment: { ...environment, ...urls }, strike: () => stop().finally(clear) }
  } catch (error) {
    clear()
    throw error
  }
}

async function playwright(args: string[], extra: NodeJS.ProcessEnv, signal: AbortSignal): Promise<number> {
  const cli = join(root, 'node_modules/@playwright/test/cli.js')
  const env = { ...process.env, ...extra }
  const child = spawn(process.execPath, [cli, 'test', ...args], { cwd: root, env, stdio: 'inherit' })
  signal.addEventListener('abort', () => child.kill('SIGTERM'))
  const [code] = await once(child, 'exit')
  return code ?? 1
}

process.exitCode = await tellStories(process.argv.slice(2))
