import { randomBytes } from 'node:crypto'
import { poolSize, type Subject } from '../subject.ts'
import { preparePortal } from './prepare.ts'

const key = () => randomBytes(32)

/** The portal as `start` runs it in production, whole: the same program, its worker and its limits included. */
export const portal = (companies: number, name = 'Countersign', database = 'portal'): Subject => {
  const keys = { sealing: key(), pepper: key(), token: key() }
  return {
    name,
    database,
    server: new URL('../../../../../apps/bff/src/main.ts', import.meta.url).pathname,
    environment: (urls, port) => ({
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_URL: origin,
      DATABASE_URL: urls.app,
      DATABASE_OWNER_URL: urls.owner,
      DATABASE_WORKER_URL: urls.worker,
      DATABASE_POOL: String(poolSize),
      SEALING_KEYS: `bench:${keys.sealing.toString('base64')}`,
      PASSWORD_PEPPER: keys.pepper.toString('base64'),
      TOKEN_KEY: keys.token.toString('base64'),
      TWILIO_ACCOUNT_SID: `AC${'0123456789abcdef'.repeat(2)}`,
      TWILIO_AUTH_TOKEN: key().toString('hex'),
      TWILIO_VERIFY_SERVICE_SID: `VA${'0123456789abcdef'.repeat(2)}`,
      VAPID_PRIVATE_KEY: key().toString('base64url'),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'Bench <bench@portal.example>',
      // The load comes from a proxy of ours, so that each person has an address of their own.
      TRUSTED_PROXIES: '127.0.0.0/8,::1/128',
    }),
    prepare: (ownerUrl, amounts) => preparePortal(ownerUrl, amounts, { companies, keys, origin }),
  }
}

const origin = 'https://portal.example'
