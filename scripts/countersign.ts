import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { homeFolder, root } from './lib/paths.ts'
import { roleUrls } from './lib/postgres/roles.ts'
import { portalEnvironment } from './lib/product/environment.ts'
import { loadSecrets } from './lib/product/secrets.ts'

/**
 * The operator's commands. With the portal's environment, and where nothing runs, they are left to themselves;
 * otherwise they are for the product that `start` runs over this folder.
 */
function environmentOf(home: string): NodeJS.ProcessEnv {
  const server = join(home, 'postgres', 'postmaster.pid')
  const isRunning = process.env.DATABASE_URL || existsSync(server)
  if (process.env.SEALING_KEYS || !isRunning) return {}
  const secrets = loadSecrets(home)
  const ports = {
    portal: Number(process.env.PORT || 3000),
    sandbox: Number(process.env.SANDBOX_PORT || 3900),
    // What is mailed goes into the queue, so neither is called from here.
    smtp: 3925,
    tls: 3943,
  }
  return portalEnvironment(home, ports, secrets, databaseOf(server, secrets))
}

function databaseOf(server: string, secrets: ReturnType<typeof loadSecrets>) {
  const own = process.env.DATABASE_URL
  if (own) return { own }
  // PostgreSQL writes its port into the fourth line.
  const port = readFileSync(server, 'utf8').split('\n')[3]
  return roleUrls(`postgres://postgres@127.0.0.1:${port}/postgres`, 'countersign', {
    owner: secrets.databaseOwner,
    app: secrets.databaseApp,
    worker: secrets.databaseWorker,
  })
}

const child = spawn(process.execPath, [join(root, 'apps/bff/src/cli.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ...environmentOf(homeFolder()) },
})
const [code] = await once(child, 'exit')
process.exitCode = code ?? 1
