import { type Context, Hono } from 'hono'
import type { Messages } from '../../messages/messages.ts'
import { phoneNumber } from '../../numbers/phone-number.ts'
import { invalidParameter, notFound, twilioError } from '../errors.ts'
import { checkBody, verificationBody } from './body.ts'
import { refusal } from './refusals.ts'
import type { SendChannel, Verification, Verifications } from './verifications.ts'
import { spokenMessage, textMessage } from './words.ts'

type Parts = {
  verifications: Verifications
  messages: Messages
  account: { accountSid: string; verifyServiceSid: string }
  baseUrl: () => string
}

const caller = '+12025550143'
const ourChannels = ['sms', 'call'] as const satisfies SendChannel[]
/** Channels that Verify has and that are switched off for this service. */
const disabledChannels = ['email', 'whatsapp', 'sna', 'auto', 'rcs']
/** Parameters that need a feature this service has not got. */
const notEnabled = ['CustomCode', 'CustomFriendlyName']

/** Twilio reads form fields and nothing else: a JSON body has no parameters. */
async function parametersOf(c: Context): Promise<Record<string, string | undefined>> {
  const form = await c.req.parseBody()
  return Object.fromEntries(Object.entries(form).flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])))
}

/** Verify v2: start, check, read and settle verifications of one service. */
export function verifyRoutes({ verifications, messages, account, baseUrl }: Parts) {
  const found = (v: Verification) => verificationBody(v, account, phoneNumber(v.to), baseUrl())

  function deliver({ to, code }: Verification, channel: SendChannel) {
    const text = channel === 'sms' ? textMessage(code) : spokenMessage(code)
    messages.deliver({ channel, to, from: caller, subject: null, text, html: null, code })
  }

  const service = new Hono()
    .post('/Verifications', async (c) => {
      const { To, Channel, ...rest } = await parametersOf(c)
      const number = phoneNumber(To ?? '')
      if (!number) return invalidParameter(c, 'To', To)
      const channel = ourChannels.find((known) => known === Channel)
      if (!channel) {
        const exists = disabledChannels.includes(Channel ?? '')
        return exists ? twilioError(c, 60223, `: ${Channel}`) : invalidParameter(c, 'Channel', Channel)
      }
      const missing = notEnabled.find((name) => rest[name] !== undefined)
      if (missing) return twilioError(c, 60204, `: ${missing}`)
      const refused = refusal(number, channel)
      if (refused) return twilioError(c, refused)
      const verification = verifications.send(number.e164, channel)
      if (typeof verification === 'number') return twilioError(c, verification)
      deliver(verification, channel)
      return c.json(found(verification), 201)
    })
    .get('/Verifications/:sid', (c) => {
      const verification = verifications.find(c.req.param('sid'))
      return verification ? c.json(found(verification)) : notFound(c)
    })
    .post('/Verifications/:sid', async (c) => {
      const { Status } = await parametersOf(c)
      if (Status !== 'approved' && Status !== 'canceled') return invalidParameter(c, 'Status', Status)
      const verification = verifications.find(c.req.param('sid'))
      return verification ? c.json(found(verifications.update(verification, Status))) : notFound(c)
    })
    .post('/VerificationCheck', async (c) => {
      const { Code, To, VerificationSid } = await parametersOf(c)
      if (!/^[0-9a-zA-Z]{4,10}$/.test(Code ?? '')) return invalidParameter(c, 'Code', Code)
      const which = VerificationSid ?? To
      if (!which) return invalidParameter(c, 'To', To)
      const verification = verifications.find(which)
      if (!verification) return notFound(c)
      const outcome = verifications.check(verification, Code ?? '')
      return typeof outcome === 'number' ? twilioError(c, outcome) : c.json(checkBody(outcome, account))
    })

  return new Hono().route(`/v2/Services/${account.verifyServiceSid}`, service).all('*', notFound)
}
