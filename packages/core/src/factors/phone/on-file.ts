import type { LineType } from '../../gateways/texts.ts'
import { maskNumber } from './number.ts'
import type { PhoneCredential } from './phone.ts'

/** A line that a company may make somebody's factor: mobile, or one the provider cannot tell. */
export const isMobile = (lineType: LineType | null): lineType is 'mobile' | 'unknown' =>
  lineType === 'mobile' || lineType === 'unknown'

/** A number on file as the factor it becomes when a company requires one of everybody: texted first. */
export const credentialOnFile = (
  e164: string,
  lineType: 'mobile' | 'unknown',
): { credential: PhoneCredential; name: string } => ({
  credential: { e164, lineType, channel: 'sms' },
  name: maskNumber(e164).masked,
})
