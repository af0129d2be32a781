import { lineType } from '../../numbers/line-type.ts'
import type { PhoneNumber } from '../../numbers/phone-number.ts'
import type { TwilioErrorCode } from '../errors.ts'
import type { SendChannel } from './verifications.ts'

/**
 * American numbers that Twilio would not serve, for whoever wants to see it: +1 and any area code, 555, then the
 * last four digits here. Outside 0100 to 0199, which is where people of the demonstration live.
 */
const refusedNumbers: Record<string, TwilioErrorCode> = {
  '0212': 60212,
  '0238': 60238,
  '0410': 60410,
  '0605': 60605,
}

/** Why this number cannot be sent a code. The service skips texts to landlines, as its real settings can. */
export function refusal(number: PhoneNumber, channel: SendChannel): TwilioErrorCode | undefined {
  const lastFour = /^\+1\d{3}555(\d{4})$/.exec(number.e164)?.[1]
  const refused = lastFour === undefined ? undefined : refusedNumbers[lastFour]
  if (refused) return refused
  return channel === 'sms' && lineType(number) === 'landline' ? 60205 : undefined
}
