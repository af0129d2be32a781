import {
  AsYouType,
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'

/** What the field holds: the country chosen beside it and the text typed into it. */
export type PhoneText = { country: CountryCode; national: string }

/**
 * Whose a shared calling code is first (ITU-T E.164, list of country codes). libphonenumber knows it too but exports
 * no way to ask, and leaves the country open for numbers kept free for films, such as +44 7700 900123.
 */
const leading: Record<string, CountryCode> = {
  '1': 'US',
  '7': 'RU',
  '39': 'IT',
  '44': 'GB',
  '47': 'NO',
  '61': 'AU',
  '64': 'NZ',
  '212': 'MA',
  '262': 'RE',
  '290': 'SH',
  '358': 'FI',
  '590': 'GP',
  '599': 'CW',
}

const countryFor = (callingCode: string, chosen: CountryCode): CountryCode | undefined => {
  if (getCountryCallingCode(chosen) === callingCode) return chosen
  return leading[callingCode] ?? getCountries().find((code) => getCountryCallingCode(code) === callingCode)
}

/** As-you-type formatting. Text with other characters is left alone, so that the refusal can speak of it. */
export const formatAsTyped = (text: string, country: CountryCode): string =>
  /^[+\d\s().\-/]*$/u.test(text) ? new AsYouType(country).input(text) : text

/**
 * Reads pasted, filled-in or finished text. `+44 7700 900123`, `00447700900123` and `011 44 7700 900123` (from a US
 * field) choose their own country; anything else is national text of the country already chosen. Text that is not a
 * number comes back as it was.
 */
export const readPhone = (text: string, chosen: CountryCode): PhoneText => {
  const trimmed = text.trim()
  const number = parsePhoneNumberFromString(trimmed.replace(/^00/u, '+'), chosen)
  const prefixed = /^(\+|00)/u.test(trimmed)
  const abroad = prefixed || (number && number.countryCallingCode !== getCountryCallingCode(chosen))
  if (!abroad) return { country: chosen, national: formatAsTyped(trimmed, chosen) }
  if (!number?.isPossible()) return { country: chosen, national: trimmed }
  const country = number.country ?? countryFor(number.countryCallingCode, chosen)
  return country ? { country, national: number.formatNational() } : { country: chosen, national: trimmed }
}
