import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { TestDatabase } from '@countersign/core/testing/database'
import { onTestFinished } from 'vitest'
import { origin } from './portal.ts'

const main = new URL('../main.ts', import.meta.url).pathname
const secret = () => randomBytes(32).toString('base64')

/**
 * The portal as a process of its own, as it runs in production, on the database of this test: something that can
 * be killed. It opens what the portal in this process seals.
 */
export const secondPortal = async (settings: {
  urls: TestDatabase['urls']
  sealingKey: Buffer
  smtpPort?: number
}) => {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      PUBLIC_URL: origin,
      DATABASE_URL: settings.urls.app,
      DATABASE_OWNER_URL: settings.urls.owner,
      DATABASE_WORKER_URL: settings.urls.worker,
      SEALING_KEYS: `k1:${settings.sealingKey.toString('base64')}`,
      PASSWORD_PEPPER: secret(),
      TOKEN_KEY: secret(),
      VAPID_PRIVATE_KEY: randomBytes(32).toString('base64url'),
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'for tests only, nothing is sent',
      TWILIO_VERIFY_SERVICE_SID: `VA${'0'.repeat(32)}`,
      SMTP_URL: `smtp://127.0.0.1:${settings.smtpPort ?? 9}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The portal ended with ${code} before it listened.`)))
    let said = ''
    child.stdout.on('data', (part) => {
      said += part
      const [, port] = /"port":(\d+)/.exec(said) ?? []
      if (port) resolve(Number(port))
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    /** No chance to finish or to say goodbye. */
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}
