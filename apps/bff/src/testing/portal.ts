import { randomBytes } from 'node:crypto'
import { movableClock } from '@countersign/core/clock'
import { playScenario, type ScenarioName } from '@countersign/core/demo/scenarios'
import type { Deps, Log } from '@countersign/core/deps'
import type { DuoKeys } from '@countersign/core/gateways/duo/duo'
import { createDuo, type DuoSandbox } from '@countersign/core/gateways/duo/universal'
import { createWebhooks, type WebhookSettings } from '@countersign/core/gateways/webhooks/webhooks'
import { createPasswords } from '@countersign/core/keys/passwords'
import { createSeal } from '@countersign/core/keys/seal'
import { createKeyedHash } from '@countersign/core/keys/tokens'
import { createApprovals } from '@countersign/core/push/approvals'
import { createWakes } from '@countersign/core/push/wakes'
import { type TestDatabase, testDatabase } from '@countersign/core/testing/database'
import { testQueue } from '@countersign/core/testing/queue'
import { fakeTexts } from '@countersign/core/testing/texts'
import { fakeWebPush } from '@countersign/core/testing/web-push'
import { createApp } from '../app.ts'

export const origin = 'https://portal.test'

/** The demo applications, as a sandbox would serve them. */
export const demoApplications = {
  sandboxUrl: 'http://localhost:3900',
  secrets: { portal: 'secret-of-the-partner-portal', backup: 'secret-of-backup' },
}

/** The portal on a database of this test file's own, with a clock and a text service in the test's hands. */
export const testPortal = async (
  options: {
    duo?: DuoSandbox
    duoKeys?: () => Promise<DuoKeys>
    /** Another database, for tests that take it away. */
    database?: TestDatabase
    webhooks?: Partial<WebhookSettings>
    /** For tests with a second portal, which has to open what this one seals. */
    sealingKey?: Buffer
  } = {},
) => {
  const { app: sql, owner, urls } = options.database ?? (await testDatabase())
  const clock = movableClock()
  const phones = fakeTexts(clock.now)
  const pushes = fakeWebPush()
  const log: Log = {
    info: () => {},
    warn: () => {},
    error: (facts, message) => console.error(message, facts),
  }
  const seal = createSeal([{ id: 'k1', key: options.sealingKey ?? randomBytes(32) }])
  const deps: Deps = {
    sql,
    clock,
    seal,
    keyedHash: createKeyedHash(randomBytes(32)),
    // The cheapest cost the library takes: what is tested here is not how long hashing takes.
    passwords: createPasswords(randomBytes(32), { memoryKib: 1024, passes: 1, lanes: 1 }),
    gateways: {
      texts: phones.texts,
      duo: createDuo({ sandbox: options.duo ?? null, timeoutMs: 1500, healthyFor: 0 }),
      approvals: createApprovals({ sql, seal, webPush: pushes.webPush, log }),
      webPush: pushes.webPush,
      webhooks: createWebhooks({
        privateNetworks: false,
        sandbox: null,
        patience: 1000,
        ...options.webhooks,
      }),
    },
    wakes: createWakes(sql, log),
    origin,
    privateNetworks: false,
    mailPatience: 0,
    log,
  }
  const app = createApp(deps, { trustedProxies: ['127.0.0.0/8'], forwardAuthDomains: ['apps.test'] })
  const seeder = {
    ...deps,
    owner,
    applications: demoApplications,
    ...(options.duoKeys && { duoKeys: options.duoKeys }),
  }
  const queue = testQueue(deps, urls.worker, owner)
  const play = async (name: ScenarioName) => {
    clock.moveTo(0)
    phones.fault.why = null
    await queue.forget()
    await playScenario(seeder, name)
  }
  return { app, deps, owner, urls, clock, phones, pushes, queue, seeder, play }
}

export type Portal = Awaited<ReturnType<typeof testPortal>>

/** A browser: keeps cookies, sends our Origin, speaks JSON. */
export const browser = (portal: Pick<Portal, 'app'>, address = '198.51.100.7') => {
  const jar = new Map<string, string>()
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await portal.app.request(`${origin}${path}`, {
      method,
      headers: {
        origin,
        'x-forwarded-for': address,
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        ...(body === undefined && method !== 'POST' ? {} : { 'content-type': 'application/json' }),
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, line.split(';')[0]?.slice(name.length + 1) ?? '')
    }
    const text = await response.text()
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
    const parsed: any = text ? JSON.parse(text) : null
    return { status: response.status, headers: response.headers, body: parsed }
  }
  return {
    jar,
    call,
    get: (path: string, headers?: Record<string, string>) => call('GET', path, undefined, headers),
    post: (path: string, body: unknown = {}, headers?: Record<string, string>) =>
      call('POST', path, body, headers),
    put: (path: string, body: unknown) => call('PUT', path, body),
    patch: (path: string, body: unknown) => call('PATCH', path, body),
    delete: (path: string) => call('DELETE', path),
  }
}

export type Browser = ReturnType<typeof browser>
