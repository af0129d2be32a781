import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const base64Key = () => randomBytes(32).toString('base64')
const password = () => randomBytes(24).toString('base64url')
const sid = (prefix: string) => prefix + randomBytes(16).toString('hex')

/** Every secret of an installation, made once and never shared between two of them. */
const makers = {
  sealingKeys: () => `k1:${base64Key()}`,
  passwordPepper: base64Key,
  tokenKey: base64Key,
  vapidPrivateKey: () => randomBytes(32).toString('base64url'),
  sandboxHookSecret: password,
  twilioAccountSid: () => sid('AC'),
  twilioAuthToken: () => randomBytes(16).toString('hex'),
  twilioVerifyServiceSid: () => sid('VA'),
  demoPortalSecret: password,
  demoBackupSecret: password,
  databaseSuperuser: password,
  databaseOwner: password,
  databaseApp: password,
  databaseWorker: password,
} satisfies Record<string, () => string>

export type Secrets = Record<keyof typeof makers, string>

/** Reads `secrets.json` of this home, making it (mode 0600) or the entries it does not have yet. */
export function loadSecrets(home: string): Secrets {
  const path = join(home, 'secrets.json')
  const stored: Partial<Secrets> = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  if (!existsSync(path) && existsSync(join(home, 'postgres', 'PG_VERSION'))) {
    throw new Error(
      `${path} is gone, and without it the database beside it cannot be read. Delete ${home} to start over.`,
    )
  }
  const made = Object.entries(makers).map(([name, make]) => [name, stored[name as keyof Secrets] ?? make()])
  const secrets = Object.fromEntries(made) as Secrets
  if (Object.keys(stored).length < made.length) {
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  }
  return secrets
}
