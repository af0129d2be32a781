import { join } from 'node:path'
import type { Ports } from '../ports.ts'
import type { DatabaseUrls } from '../postgres/roles.ts'
import type { Secrets } from './secrets.ts'

/** Where people open the portal: its own port, and in development Vite's. */
export const portalUrl = (ports: Ports) =>
  process.env.PUBLIC_URL || `http://localhost:${ports.pages ?? ports.portal}`
/** Where the portal itself listens. */
export const directUrl = (ports: Ports) => `http://localhost:${ports.portal}`
export const sandboxUrl = (ports: Ports) => `http://localhost:${ports.sandbox}`

/** What the sandbox is told: the account it plays Twilio for, and the portal whose clock and data it moves. */
export function sandboxEnvironment(home: string, ports: Ports, secrets: Secrets): NodeJS.ProcessEnv {
  return {
    COUNTERSIGN_HOME: home,
    SANDBOX_PORT: String(ports.sandbox),
    SANDBOX_SMTP_PORT: String(ports.smtp),
    SANDBOX_TLS_PORT: String(ports.tls),
    PORTAL_URL: directUrl(ports),
    PORTAL_PUBLIC_URL: portalUrl(ports),
    SANDBOX_HOOK_SECRET: secrets.sandboxHookSecret,
    ...twilioAccount(secrets),
    ...demoApplications(secrets),
  }
}

/** What the portal is told; `NODE_ENV` is the user's, because production must refuse all of this. */
export function portalEnvironment(
  home: string,
  ports: Ports,
  secrets: Secrets,
  database: DatabaseUrls | { own: string },
): NodeJS.ProcessEnv {
  return {
    NODE_ENV: process.env.NODE_ENV || 'development',
    PORT: String(ports.portal),
    PUBLIC_URL: portalUrl(ports),
    ...databaseEnvironment(database),
    SEALING_KEYS: secrets.sealingKeys,
    PASSWORD_PEPPER: secrets.passwordPepper,
    TOKEN_KEY: secrets.tokenKey,
    VAPID_PRIVATE_KEY: secrets.vapidPrivateKey,
    SANDBOX_PUSH_HOST: `localhost:${ports.tls}`,
    SANDBOX_CA_FILE: join(home, 'sandbox', 'duo-ca.pem'),
    ...twilioAccount(secrets),
    TWILIO_VERIFY_URL: `${sandboxUrl(ports)}/twilio/verify`,
    TWILIO_LOOKUPS_URL: `${sandboxUrl(ports)}/twilio/lookups`,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAIL_FROM: process.env.MAIL_FROM || 'Countersign <no-reply@countersign.test>',
    COUNTERSIGN_SANDBOX: '1',
    COUNTERSIGN_HOME: home,
    SANDBOX_URL: sandboxUrl(ports),
    SANDBOX_HOOK_SECRET: secrets.sandboxHookSecret,
    SANDBOX_DUO_HOST: `localhost:${ports.tls}`,
    ...demoApplications(secrets),
    FORWARD_AUTH_DOMAINS: process.env.FORWARD_AUTH_DOMAINS || 'apps.localhost',
    WEB_DIST: process.env.WEB_DIST || join(import.meta.dirname, '../../../apps/web/dist'),
    AUTHENTICATOR_DIST:
      process.env.AUTHENTICATOR_DIST || join(import.meta.dirname, '../../../apps/authenticator/dist'),
  }
}

function databaseEnvironment(database: DatabaseUrls | { own: string }): NodeJS.ProcessEnv {
  if ('own' in database) return { DATABASE_URL: database.own }
  return {
    DATABASE_OWNER_URL: database.owner,
    DATABASE_URL: database.app,
    DATABASE_WORKER_URL: database.worker,
  }
}

function twilioAccount(secrets: Secrets): NodeJS.ProcessEnv {
  return {
    TWILIO_ACCOUNT_SID: secrets.twilioAccountSid,
    TWILIO_AUTH_TOKEN: secrets.twilioAuthToken,
    TWILIO_VERIFY_SERVICE_SID: secrets.twilioVerifyServiceSid,
  }
}

/** Secrets of the demo applications, which the sandbox serves and the portal's demo data registers. */
function demoApplications(secrets: Secrets): NodeJS.ProcessEnv {
  return {
    SANDBOX_PORTAL_SECRET: secrets.demoPortalSecret,
    SANDBOX_BACKUP_SECRET: secrets.demoBackupSecret,
  }
}
