import { movableClock, systemClock } from '@countersign/core/clock'
import { connect } from '@countersign/core/db/connect'
import type { Deps, Log } from '@countersign/core/deps'
import { createSmtpMailer } from '@countersign/core/gateways/mailer'
import { createTwilioTexts } from '@countersign/core/gateways/twilio'
import { createPasswords } from '@countersign/core/keys/passwords'
import { createSeal } from '@countersign/core/keys/seal'
import { createKeyedHash } from '@countersign/core/keys/tokens'
import type { Settings } from './env.ts'

/** The composition root: the one place that knows whether the outside is real or the sandbox. */
export const createDeps = (settings: Settings, log: Log) => {
  const clock = settings.COUNTERSIGN_SANDBOX ? movableClock() : { ...systemClock, moveTo: () => {} }
  const sql = connect(settings.DATABASE_URL, {
    max: settings.DATABASE_POOL,
    // With one login for everything, drop to the app's role on every connection.
    ...(settings.DATABASE_OWNER_URL ? {} : { role: 'countersign_app' }),
  })
  const deps: Deps = {
    sql,
    clock,
    seal: createSeal(settings.SEALING_KEYS),
    keyedHash: createKeyedHash(settings.TOKEN_KEY),
    passwords: createPasswords(settings.PASSWORD_PEPPER),
    gateways: {
      texts: createTwilioTexts({
        accountSid: settings.TWILIO_ACCOUNT_SID,
        authToken: settings.TWILIO_AUTH_TOKEN,
        verifyServiceSid: settings.TWILIO_VERIFY_SERVICE_SID,
        verifyUrl: settings.TWILIO_VERIFY_URL,
        lookupsUrl: settings.TWILIO_LOOKUPS_URL,
      }),
    },
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
