import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { AppSettings } from './apps/relying-party.ts'

export type Settings = {
  /** Address every listener binds to. The sandbox gives away codes, so it stays on the loopback. */
  host: string
  /** Ports; 0 lets the system choose, which tests use. */
  port: number
  smtpPort: number
  tlsPort: number
  portalUrl: string
  hookSecret: string
  /** Folder of this installation's data; the throwaway CA is written below it. */
  home: string
  apps: AppSettings
  twilio: { accountSid: string; authToken: string; verifyServiceSid: string }
  /** How long a service in the state "slow" lets its callers wait, in milliseconds. */
  slowMs: number
}

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback)
const sid = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}[0-9a-f]{32}$`))
    .default(() => prefix + randomBytes(16).toString('hex'))

const secret = () =>
  z
    .string()
    .min(1)
    .default(() => randomBytes(24).toString('base64url'))

const environment = z.object({
  SANDBOX_HOST: z.string().default('127.0.0.1'),
  SANDBOX_PORT: port(3900),
  SANDBOX_SMTP_PORT: port(3925),
  SANDBOX_TLS_PORT: port(3943),
  PORTAL_URL: z.url().default('http://localhost:3000'),
  /** Where browsers find the portal, which is what it calls itself; its own port where nothing else is said. */
  PORTAL_PUBLIC_URL: z.url().optional(),
  SANDBOX_HOOK_SECRET: z.string().min(1),
  SANDBOX_PORTAL_SECRET: secret(),
  SANDBOX_BACKUP_SECRET: secret(),
  TWILIO_ACCOUNT_SID: sid('AC'),
  TWILIO_AUTH_TOKEN: z
    .string()
    .min(1)
    .default(() => randomBytes(16).toString('hex')),
  TWILIO_VERIFY_SERVICE_SID: sid('VA'),
  COUNTERSIGN_HOME: z.string().min(1).default('.countersign'),
})

/** Reads the environment once. An empty variable counts as one that is not set. Throws a sentence per mistake. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(filled)
  if (!parsed.success) throw new Error(`The sandbox cannot start.\n${z.prettifyError(parsed.error)}`)
  const e = parsed.data
  return {
    host: e.SANDBOX_HOST,
    port: e.SANDBOX_PORT,
    smtpPort: e.SANDBOX_SMTP_PORT,
    tlsPort: e.SANDBOX_TLS_PORT,
    portalUrl: e.PORTAL_URL.replace(/\/+$/, ''),
    hookSecret: e.SANDBOX_HOOK_SECRET,
    apps: {
      issuer: (e.PORTAL_PUBLIC_URL ?? e.PORTAL_URL).replace(/\/+$/, ''),
      secrets: { portal: e.SANDBOX_PORTAL_SECRET, backup: e.SANDBOX_BACKUP_SECRET },
    },
    home: resolve(e.COUNTERSIGN_HOME),
    twilio: {
      accountSid: e.TWILIO_ACCOUNT_SID,
      authToken: e.TWILIO_AUTH_TOKEN,
      verifyServiceSid: e.TWILIO_VERIFY_SERVICE_SID,
    },
    slowMs: 30_000,
  }
}
