import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'

export type PhoneNumber = {
  e164: string
  country: CountryCode | undefined
  callingCode: string
  national: string
  international: string
}

/**
 * A dialled number in E.164, or undefined. "Possible" is asked for, not "valid": the numbers set aside for fiction
 * (+44 7700 900xxx) are assigned to nobody, and the demonstration lives on them.
 */
export function phoneNumber(text: string): PhoneNumber | undefined {
  const parsed = text.startsWith('+') ? parsePhoneNumberFromString(text) : undefined
  if (!parsed?.isPossible() || parsed.number !== text) return undefined
  return {
    e164: parsed.number,
    country: parsed.country ?? parsed.getPossibleCountries()[0],
    callingCode: parsed.countryCallingCode,
    national: parsed.formatNational(),
    international: parsed.formatInternational(),
  }
}
