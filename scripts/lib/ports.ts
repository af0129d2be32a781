import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export interface Ports {
  portal: number
  sandbox: number
  smtp: number
  tls: number
  /** Vite's server, in development only; it passes requests for the API on to the portal. */
  pages?: number
}

/** Below those that systems lend to outgoing connections, one of which could take a port between choice and use. */
const anyPort = () => randomInt(10_000, 32_000)

/** A port nobody listens on right now, `preferred` when that is one. */
export async function freePort(preferred = anyPort()): Promise<number> {
  return (await listenOnce(preferred)) ?? freePort()
}

/** The ports of `PORT` and `SANDBOX_PORT`, and free ones for the sandbox's mail and TLS; says so when one is taken. */
export async function choosePorts(dev: boolean): Promise<Ports> {
  const portal = await required('PORT', 3000)
  const sandbox = await required('SANDBOX_PORT', 3900)
  const ports = { portal, sandbox, smtp: await freePort(3925), tls: await freePort(3943) }
  return dev ? { ...ports, pages: await freePort(5173) } : ports
}

async function required(variable: string, usual: number): Promise<number> {
  const port = Number(process.env[variable] || usual)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`${variable} must be a port number, not "${process.env[variable]}".`)
  }
  if ((await listenOnce(port)) === undefined) {
    const example = `${variable}=${port + 1} npx pnpm@12 start`
    throw new Error(
      `Port ${port} is taken by another program. Choose another with ${variable}:\n\n  ${example}`,
    )
  }
  return port
}

/** Listens without a host, as the portal and the sandbox do: on all addresses, IPv6 and IPv4. */
async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer()
  try {
    server.listen(port)
    await once(server, 'listening')
    const address = server.address()
    return address && typeof address === 'object' ? address.port : undefined
  } catch {
    return undefined
  } finally {
    await new Promise((closed) => server.close(closed))
  }
}

/** Waits until `url` answers 2xx, at most a minute. It polls: nothing else tells for every program alike. */
export async function answers(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + 60_000
  let last: unknown
  while (Date.now() < deadline) {
    signal.throwIfAborted()
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) })
      await response.body?.cancel()
      if (response.ok) return
      last = `status ${response.status}`
    } catch (error) {
      last = error
    }
    await wait(50)
  }
  throw new Error(`${url} did not answer within a minute (last: ${last}).`)
}
