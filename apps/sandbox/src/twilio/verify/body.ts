import { lineType } from '../../numbers/line-type.ts'
import type { PhoneNumber } from '../../numbers/phone-number.ts'
import { carrierOf } from '../lookup/carrier.ts'
import type { Verification } from './verifications.ts'

type Account = { accountSid: string; verifyServiceSid: string }

/** Twilio's dates have no fraction of a second. */
const date = (value: Date) => value.toISOString().replace(/\.\d+Z$/, 'Z')

function common(verification: Verification, account: Account) {
  return {
    sid: verification.sid,
    service_sid: account.verifyServiceSid,
    account_sid: account.accountSid,
    to: verification.to,
    channel: verification.channel,
    status: verification.status,
    valid: verification.status === 'approved',
    amount: null,
    payee: null,
    date_created: date(verification.createdAt),
    date_updated: date(verification.updatedAt),
  }
}

/** `verify.v2.service.verification` of Twilio's OpenAPI description. */
export function verificationBody(
  v: Verification,
  account: Account,
  number: PhoneNumber | undefined,
  url: string,
) {
  const carrier = number ? carrierOf(number) : undefined
  return {
    ...common(v, account),
    lookup: carrier ? { carrier: { ...carrier, type: number ? (lineType(number) ?? null) : null } } : {},
    send_code_attempts: v.sends.map((s) => ({ attempt_sid: s.sid, channel: s.channel, time: date(s.time) })),
    sna: null,
    url: `${url}/v2/Services/${account.verifyServiceSid}/Verifications/${v.sid}`,
  }
}

/** `verify.v2.service.verification_check`. */
export function checkBody(verification: Verification, account: Account) {
  return { ...common(verification, account), sna_attempts_error_codes: [] }
}
