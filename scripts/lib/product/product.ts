import { join } from 'node:path'
import { homeFolder, root } from '../paths.ts'
import { answers, choosePorts, type Ports } from '../ports.ts'
import { startChild } from './child.ts'
import { startDatabase } from './database.ts'
import { directUrl, portalEnvironment, portalUrl, sandboxEnvironment, sandboxUrl } from './environment.ts'
import { lockHome } from './home-lock.ts'
import { createParts, type Parts } from './parts.ts'
import { loadSecrets, type Secrets } from './secrets.ts'
import { buildStalePages } from './web-build.ts'

export interface Product {
  home: string
  portal: string
  sandbox: string
  broken: Promise<never>
  stop: () => Promise<void>
}

interface Stage {
  home: string
  logs: string
  ports: Ports
  secrets: Secrets
  dev: boolean
  signal: AbortSignal
  parts: Parts
}

interface ProductOptions {
  dev: boolean
  /** Gives up starting. */
  signal: AbortSignal
}

/** Starts every part of the product at once and answers when the portal does; what fails stops the rest. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const home = homeFolder()
  const unlock = lockHome(home)
  const parts = createParts()
  const giveUp = new AbortController()
  const signal = AbortSignal.any([options.signal, giveUp.signal])
  try {
    const ports = await choosePorts(options.dev)
    const secrets = loadSecrets(home)
    const starting = startParts({
      home,
      logs: join(home, 'logs'),
      ports,
      secrets,
      dev: options.dev,
      signal,
      parts,
    })
    await Promise.race([starting, parts.broken, aborted(signal)]).catch(async (error) => {
      giveUp.abort(error)
      await Promise.allSettled([parts.stop(), starting])
      throw error
    })
    const stop = () => parts.stop().finally(unlock)
    return { home, portal: portalUrl(ports), sandbox: sandboxUrl(ports), broken: parts.broken, stop }
  } catch (error) {
    unlock()
    throw error
  }
}

async function startParts(stage: Stage): Promise<void> {
  const { home, logs, ports, secrets, dev, signal, parts } = stage
  const program = (app: string) => [...(dev ? ['--watch'] : []), join(root, 'apps', app, 'src/main.ts')]
  const forSandbox = sandboxEnvironment(home, ports, secrets)
  parts.add(startChild('sandbox', { args: program('sandbox'), env: forSandbox, logs, echo: dev }))
  const [database] = await Promise.all([databaseFor(stage), buildStalePages(logs, signal)])
  signal.throwIfAborted()
  const forPortal = portalEnvironment(home, ports, secrets, database)
  parts.add(startChild('portal', { args: program('bff'), env: forPortal, logs, echo: dev }))
  if (ports.pages) startVite(stage, ports.pages)
  await answers(`${directUrl(ports)}/healthz`, signal)
  await answers(`${sandboxUrl(ports)}/healthz`, signal)
}

async function databaseFor({ home, secrets, parts }: Stage) {
  const own = process.env.DATABASE_URL
  if (own) return { own }
  const { cluster, urls } = await startDatabase(home, secrets)
  parts.add({ ...cluster, name: 'database' })
  return urls
}

function startVite({ logs, ports, parts }: Stage, port: number): void {
  const args = [join(root, 'node_modules/vite/bin/vite.js'), '--port', String(port), '--strictPort']
  const env = { PORT: String(ports.portal) }
  parts.add(startChild('vite', { args, cwd: join(root, 'apps/web'), env, logs, echo: true }))
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
