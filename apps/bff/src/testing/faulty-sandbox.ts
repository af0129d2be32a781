import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '@countersign/sandbox/src/env.ts'
import { createSandbox } from '@countersign/sandbox/src/sandbox.ts'
import { afterAll } from 'vitest'

type Message = { to: string; subject: string | null; code: string | null }

/** The real sandbox in this process, on ports the system chose: what leaves the building arrives there. */
export const testSandbox = async () => {
  const home = await mkdtemp(join(tmpdir(), 'countersign-faults-'))
  const settings = readSettings({ SANDBOX_HOOK_SECRET: 'for tests only', COUNTERSIGN_HOME: home })
  const anywhere = { port: 0, smtpPort: 0, tlsPort: 0, slowMs: 60_000 }
  const sandbox = await createSandbox({ ...settings, ...anywhere })
  afterAll(async () => {
    await sandbox.stop()
    await rm(home, { recursive: true, force: true })
  })
  const api = async <T = null>(method: string, path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${sandbox.url}/api${path}`, { method, ...init })
    return (answer.status === 204 ? null : await answer.json()) as T
  }
  return {
    ...sandbox,
    twilio: {
      ...settings.twilio,
      verifyUrl: `${sandbox.url}/twilio/verify`,
      lookupsUrl: `${sandbox.url}/twilio/lookups`,
    },
    break: (service: 'sms' | 'lookup' | 'mail', mode: 'down' | 'slow' | 'error') =>
      api('PUT', `/faults/${service}`, { mode }),
    heal: (service: 'sms' | 'lookup' | 'mail') => api('DELETE', `/faults/${service}`),
    messages: (to: string): Promise<Message[]> =>
      api<Message[]>('GET', `/messages?to=${encodeURIComponent(to)}`),
  }
}
