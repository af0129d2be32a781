import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Faults } from '../control/faults.ts'
import type { Settings } from '../env.ts'
import { troubled } from '../http/troubled.ts'
import type { Messages } from '../messages/messages.ts'
import { authenticate } from './authenticate.ts'
import { twilioError } from './errors.ts'
import { lookupRoutes } from './lookup/routes.ts'
import { verifyRoutes } from './verify/routes.ts'
import type { Verifications } from './verify/verifications.ts'

/** Below these paths of the sandbox lie Twilio's two products. */
export const twilioPaths = { verify: '/twilio/verify', lookups: '/twilio/lookups' } as const

type Parts = {
  twilio: Settings['twilio']
  verifications: Verifications
  messages: Messages
  faults: Faults
  baseUrl: () => string
}

/** Stands in for verify.twilio.com and lookups.twilio.com, for their official client. */
export function twilioRoutes({ twilio, verifications, messages, faults, baseUrl }: Parts) {
  const failed = (service: 'sms' | 'lookup') => troubled(faults, service, (c) => twilioError(c, 20500))
  const known = authenticate(twilio.accountSid, twilio.authToken)
  const at = (path: string) => () => baseUrl() + path
  const verify = verifyRoutes({ verifications, messages, account: twilio, baseUrl: at(twilioPaths.verify) })
  return new Hono<{ Bindings: HttpBindings }>()
    .use(`${twilioPaths.verify}/*`, failed('sms'), known)
    .use(`${twilioPaths.lookups}/*`, failed('lookup'), known)
    .route(twilioPaths.verify, verify)
    .route(twilioPaths.lookups, lookupRoutes(at(twilioPaths.lookups)))
}
