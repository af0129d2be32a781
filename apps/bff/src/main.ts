import { connect } from '@countersign/core/db/connect'
import { migrate, withRole } from '@countersign/core/db/migrate'
import { isEmpty, playScenario } from '@countersign/core/demo/scenarios'
import { outsideTasks, tasks, tick } from '@countersign/core/jobs/tasks'
import { startWorker } from '@countersign/core/mail/worker'
import { serve } from '@hono/node-server'
import { pino, stdSerializers } from 'pino'
import { createApp } from './app.ts'
import { createDeps } from './deps.ts'
import { parseEnv, type Settings } from './env.ts'
import { authenticatorPages } from './http/authenticator-pages.ts'
import { pages } from './http/pages.ts'
import { sandboxDuoKeys } from './sandbox/duo-keys.ts'
import { sandboxHooks } from './sandbox/hooks.ts'

const log = pino({
  level: 'info',
  redact: ['req.headers', '*.password', '*.token', '*.code'],
  // Under this name an error would lose its message and stack.
  serializers: { error: stdSerializers.err },
})

const readSettings = (): Settings => {
  try {
    return parseEnv(process.env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

/** The clock of a sandbox that outlived us. */
const sandboxOffset = async (url: string): Promise<number> => {
  try {
    const answer = await fetch(`${url}/api/clock`, { signal: AbortSignal.timeout(1000) })
    return ((await answer.json()) as { offsetMs: number }).offsetMs
  } catch {
    return 0
  }
}

/** The relying parties of the demo data, where the sandbox was given their secrets. */
const demoApplicationsOf = (settings: Settings) => {
  const { SANDBOX_URL: sandboxUrl, SANDBOX_PORTAL_SECRET: portal, SANDBOX_BACKUP_SECRET: backup } = settings
  return sandboxUrl && portal && backup ? { applications: { sandboxUrl, secrets: { portal, backup } } } : {}
}

const settings = readSettings()
const ownerUrl = settings.DATABASE_OWNER_URL ?? settings.DATABASE_URL
const workerUrl = settings.DATABASE_WORKER_URL ?? withRole(ownerUrl, 'countersign_worker')
await migrate(ownerUrl, workerUrl)

const { deps, mailer, moveClock } = createDeps(settings, log)
const sandboxed = settings.COUNTERSIGN_SANDBOX && settings.SANDBOX_URL && settings.SANDBOX_HOOK_SECRET
const loopback = sandboxed ? ['127.0.0.0/8', '::1/128'] : []
const app = createApp(deps, {
  trustedProxies: [...settings.TRUSTED_PROXIES, ...loopback],
  forwardAuthDomains: settings.FORWARD_AUTH_DOMAINS,
})

if (sandboxed) {
  const seeder = {
    ...deps,
    owner: connect(ownerUrl, { max: 1 }),
    duoKeys: () => sandboxDuoKeys(settings.SANDBOX_URL ?? ''),
    ...demoApplicationsOf(settings),
  }
  moveClock(await sandboxOffset(settings.SANDBOX_URL ?? ''))
  if (await isEmpty(seeder)) await playScenario(seeder, 'fresh')
  const move = async (offsetMs: number) => {
    moveClock(offsetMs)
    await tick(deps)
  }
  app.route('/sandbox-hooks', sandboxHooks(seeder, move, settings.SANDBOX_HOOK_SECRET ?? ''))
}
const dist = settings.WEB_DIST ?? new URL('../../web/dist', import.meta.url).pathname
const sandboxUrl = sandboxed ? (settings.SANDBOX_URL ?? null) : null
const authenticatorDist =
  settings.AUTHENTICATOR_DIST ?? new URL('../../authenticator/dist', import.meta.url).pathname
app.route('/', authenticatorPages(authenticatorDist, sandboxUrl))
app.route('/', pages(dist, sandboxUrl))

const worker = await startWorker(deps, mailer, workerUrl, tasks, outsideTasks)
const server = serve({ fetch: app.fetch, port: settings.PORT }, ({ port }) =>
  log.info({ port }, 'portal listens'),
)

/** Finishes what is under way, then lets go; a second signal does not wait. */
const stop = async () => {
  process.once('SIGINT', () => process.exit(1))
  const closed = new Promise((resolve) => server.close(resolve))
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1500).unref())])
  await worker.stop()
  mailer.close()
  await deps.sql.end({ timeout: 1 })
  process.exit(0)
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
