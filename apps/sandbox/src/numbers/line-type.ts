import type { PhoneNumber } from './phone-number.ts'

export type LineType = 'mobile' | 'landline' | 'fixedVoip' | 'nonFixedVoip' | 'premium'

/** What a number is, by its last two digits; undefined in Canada, where nobody without a permit is told. */
export function lineType(number: PhoneNumber): LineType | undefined {
  if (number.country === 'CA') return undefined
  const lastTwo = Number(number.e164.slice(-2))
  if (lastTwo < 50) return 'mobile'
  if (lastTwo < 70) return 'landline'
  if (lastTwo < 80) return 'fixedVoip'
  if (lastTwo < 90) return 'nonFixedVoip'
  return 'premium'
}
