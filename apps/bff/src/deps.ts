import { movableClock, systemClock } from '@countersign/core/clock'
import { connect } from '@countersign/core/db/connect'
import type { Deps, Log } from '@countersign/core/deps'
import { createDuo } from '@countersign/core/gateways/duo/universal'
import { createSmtpMailer } from '@countersign/core/gateways/mailer'
import { createTwilioTexts } from '@countersign/core/gateways/twilio'
import { createWebPush } from '@countersign/core/gateways/web-push'
import { createWebhooks } from '@countersign/core/gateways/webhooks/webhooks'
import { createPasswords } from '@countersign/core/keys/passwords'
import { createSeal } from '@countersign/core/keys/seal'
import { createKeyedHash } from '@countersign/core/keys/tokens'
import { parameters } from '@countersign/core/policy/parameters'
import { createApprovals } from '@countersign/core/push/approvals'
import { createWakes } from '@countersign/core/push/wakes'
import type { Settings } from './env.ts'

const duoSandbox = (settings: Settings) => {
  const { SANDBOX_DUO_HOST: host, SANDBOX_CA_FILE: caFile, SANDBOX_URL: promptOrigin } = settings
  return settings.COUNTERSIGN_SANDBOX && host && caFile && promptOrigin
    ? { host, caFile, promptOrigin }
    : null
}

/** The composition root: the one place that knows whether the outside is real or the sandbox. */
export const createDeps = (settings: Settings, log: Log) => {
  const clock = settings.COUNTERSIGN_SANDBOX ? movableClock() : { ...systemClock, moveTo: () => {} }
  const sql = connect(settings.DATABASE_URL, {
    max: settings.DATABASE_POOL,
    onRefusal: (code) => log.warn({ code }, 'a shared statement was refused; its people are asked alone'),
    // With one login for everything, drop to the app's role on every connection.
    ...(settings.DATABASE_OWNER_URL ? {} : { role: 'countersign_app' }),
  })
  const seal = createSeal(settings.SEALING_KEYS)
  const webPush = createWebPush(webPushSettings(settings))
  const deps: Deps = {
    sql,
    clock,
    seal,
    keyedHash: createKeyedHash(settings.TOKEN_KEY),
    passwords: createPasswords(settings.PASSWORD_PEPPER),
    gateways: {
      duo: createDuo({ sandbox: duoSandbox(settings) }),
      texts: createTwilioTexts({
        accountSid: settings.TWILIO_ACCOUNT_SID,
        authToken: settings.TWILIO_AUTH_TOKEN,
        verifyServiceSid: settings.TWILIO_VERIFY_SERVICE_SID,
        verifyUrl: settings.TWILIO_VERIFY_URL,
        lookupsUrl: settings.TWILIO_LOOKUPS_URL,
      }),
      approvals: createApprovals({ sql, seal, webPush, log }),
      webPush,
      webhooks: createWebhooks({
        privateNetworks: settings.WEBHOOK_PRIVATE_NETWORKS,
        sandbox: settings.COUNTERSIGN_SANDBOX && settings.SANDBOX_URL ? settings.SANDBOX_URL : null,
        patience: parameters.webhooks.patience,
      }),
    },
    wakes: createWakes(sql, log),
    origin: settings.PUBLIC_URL,
    privateNetworks: settings.TRUST_PRIVATE_NETWORKS,
    log,
  }
  const mailer = createSmtpMailer({
    url: settings.SMTP_URL,
    from: settings.MAIL_FROM,
    host: new URL(settings.PUBLIC_URL).hostname,
  })
  return { deps, mailer, moveClock: clock.moveTo }
}

const webPushSettings = (settings: Settings) => ({
  subject: settings.VAPID_SUBJECT ?? `mailto:${/[^\s<>]+@[^\s<>]+/.exec(settings.MAIL_FROM)?.[0] ?? ''}`,
  privateKey: settings.VAPID_PRIVATE_KEY,
  extra:
    settings.COUNTERSIGN_SANDBOX && settings.SANDBOX_PUSH_HOST && settings.SANDBOX_CA_FILE
      ? { host: settings.SANDBOX_PUSH_HOST, caFile: settings.SANDBOX_CA_FILE }
      : null,
})
