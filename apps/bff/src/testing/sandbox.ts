import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll } from 'vitest'

type Credentials = {
  integrationKey: string
  secretKey: string
  apiHostname: string
  caFile: string
  promptOrigin: string
}

/** Plays the portal's hooks, as far as the sandbox needs them to know who is set up at Duo. */
const hooksFor = async (duoUsers: string[]) => {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ duoUsers }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() }
}

/** A sandbox as a process of its own, on ports the system chose: an independent judge of what we send. */
export const startSandbox = async (options: { duoUsers?: string[] } = {}) => {
  const home = mkdtempSync(join(tmpdir(), 'portal-sandbox-'))
  const hooks = await hooksFor(options.duoUsers ?? [])
  const main = new URL('../../../sandbox/src/main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      COUNTERSIGN_HOME: home,
      SANDBOX_PORT: '0',
      SANDBOX_SMTP_PORT: '0',
      SANDBOX_TLS_PORT: '0',
      SANDBOX_HOOK_SECRET: 'a secret of this test only',
      PORTAL_URL: hooks.url,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  afterAll(async () => {
    child.kill('SIGTERM')
    await gone
    hooks.stop()
    rmSync(home, { recursive: true, force: true })
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const url = /http:\S+/.exec(line)?.[0] ?? ''
  const ask = async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${url}/api${path}`, { method, ...init })
    const text = await answer.text()
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
    return (text && answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null) as any
  }
  const { duo } = (await ask('GET', '/credentials')) as { duo: Credentials }
  return {
    url,
    duo,
    ask,
    /** Nobody's pushes, the people of the start set up, every service healthy. */
    reset: () => ask('POST', '/scenarios/duo'),
  }
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>

/** A browser at Duo, without scripts: follows Duo's pages and stops where one leads back to us. */
export const atDuo = async (sandbox: Sandbox, address: string) => {
  let at = ''
  const go = async (to: string, init: RequestInit = {}): Promise<URL | null> => {
    const url = new URL(to, at || sandbox.url)
    if (url.origin !== sandbox.url) return url
    at = url.href
    const answer = await fetch(url, { ...init, redirect: 'manual' })
    const location = answer.headers.get('location')
    await answer.arrayBuffer()
    return location ? go(location) : null
  }
  const back = await go(address)
  return {
    /** Where Duo sent the browser at once, without a push. */
    back,
    /** Answers the push on the phone; where Duo sends the browser then, as the query of our callback. */
    answer: async (decision: 'approve' | 'deny' | 'fraud') => {
      const [push] = (await sandbox.ask('GET', '/duo/pushes')) as { id: string }[]
      await sandbox.ask('POST', `/duo/pushes/${push?.id}`, { decision })
      const left = await go(at)
      if (!left) throw new Error('Duo did not send the browser back.')
      return left
    },
  }
}

export const queryOf = (url: URL | null): Record<string, string> =>
  Object.fromEntries(url?.searchParams ?? [])
