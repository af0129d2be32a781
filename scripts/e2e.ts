import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './lib/browser.ts'
import { root } from './lib/paths.ts'
import { freePort } from './lib/ports.ts'
import { startProduct } from './lib/product/product.ts'
import { findReverseProxies } from './lib/reverse-proxies/find.ts'

/** Tells the stories of e2e/ to a product started for them alone; arguments go to Playwright. */
async function tellStories(args: string[]): Promise<number> {
  const end = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end.abort())
  const browser = findBrowser()
  findReverseProxies()
  const home = mkdtempSync(join(tmpdir(), 'countersign-e2e-'))
  const [portalPort, sandboxPort] = [await freePort(), await freePort()]
  Object.assign(process.env, {
    COUNTERSIGN_HOME: home,
    PORT: String(portalPort),
    SANDBOX_PORT: String(sandboxPort),
  })
  try {
    const { portal, sandbox, stop } = await startProduct({ dev: false, signal: end.signal })
    try {
      return await playwright(
        args,
        { PORTAL_URL: portal, SANDBOX_URL: sandbox, CHROMIUM_PATH: browser },
        end.signal,
      )
    } finally {
      await stop()
    }
  } finally {
    const logs = join(home, 'logs')
    if (existsSync(logs)) cpSync(logs, join(root, 'test-results/logs'), { recursive: true })
    rmSync(home, { recursive: true, force: true })
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
