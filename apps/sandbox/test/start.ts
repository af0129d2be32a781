import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readSettings, type Settings } from '../src/env.ts'
import type { Message } from '../src/messages/messages.ts'
import { createSandbox } from '../src/sandbox.ts'
import { startFakePortal } from './fake-portal.ts'

/** A sandbox of the test's own on ports the system chose, with a portal that records what it is told. */
export async function startSandbox(changes: Partial<Settings> = {}) {
  const portal = await startFakePortal()
  const home = await mkdtemp(join(tmpdir(), 'sandbox-'))
  const settings = readSettings({
    SANDBOX_HOOK_SECRET: portal.secret,
    PORTAL_URL: portal.url,
    COUNTERSIGN_HOME: home,
  })
  const anywhere = { port: 0, smtpPort: 0, tlsPort: 0 }
  const sandbox = await createSandbox({ ...settings, ...anywhere, ...changes })
  const stop = async () => {
    await Promise.all([sandbox.stop(), portal.stop()])
    await rm(home, { recursive: true, force: true })
  }
  onTestFinished(stop)
  return { ...sandbox, settings, portal, api: api(sandbox.url) }
}

function api(url: string) {
  const send = (method: string) => async (path: string, body?: unknown) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${url}/api${path}`, { method, ...init })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json')
    return { status: answer.status, body: isJson ? JSON.parse(text) : text }
  }
  return {
    get: send('GET'),
    post: send('POST'),
    put: send('PUT'),
    delete: send('DELETE'),
    messages: async (query = ''): Promise<Message[]> => (await send('GET')(`/messages${query}`)).body,
  }
}
