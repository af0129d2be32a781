import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'

export type ParsedNumber = { e164: string; country: CountryCode | undefined; type: string | undefined }

/**
 * Reads what people type or paste: `+44 7700 900123`, `00447700900123`, `07700 900123` with a country chosen.
 * @param country ISO 3166 alpha-2 of the selector; only used when the number does not bring its own
 * @returns null for what cannot be a phone number there
 */
export const parseNumber = (typed: string, country?: string): ParsedNumber | null => {
  // ITU-T E.123: 00 is the international prefix wherever the number was written down.
  const text = typed.trim().replace(/^00/, '+')
  const number = parsePhoneNumberFromString(
    text,
    country ? (country.toUpperCase() as CountryCode) : undefined,
  )
  if (!number?.isPossible()) return null
  return { e164: number.number, country: number.country, type: number.getType() }
}

/** Kinds of lines that cannot take a code, in libphonenumber's words and in the provider's. */
const unsuitable: Record<string, string> = {
  PREMIUM_RATE: 'premium',
  SHARED_COST: 'shared-cost',
  TOLL_FREE: 'toll-free',
  PAGER: 'pager',
  VOICEMAIL: 'voicemail',
  UAN: 'shared-cost',
  premium: 'premium',
  sharedCost: 'shared-cost',
  tollFree: 'toll-free',
  pager: 'pager',
  voicemail: 'voicemail',
}

/** Why a line cannot take a code: `premium`, `shared-cost`, `toll-free`, `pager`, `voicemail`; null where it can. */
export const unsuitableKind = (type: string | undefined): string | null => unsuitable[type ?? ''] ?? null

/** Area codes of +1 belong to two countries that the provider treats differently (Lookup error 60601). */
export const isCanadian = (number: ParsedNumber): boolean => number.country === 'CA'

/** `+1 ••• ••• ••02` for the eye, "ending in 02" for the ear. */
export const maskNumber = (e164: string): { masked: string; spoken: string } => {
  const number = parsePhoneNumberFromString(e164)
  const formatted = number?.formatInternational() ?? e164
  const prefix = number ? `+${number.countryCallingCode}` : '+'
  const rest = formatted.slice(prefix.length)
  let digits = rest.replace(/\D/g, '').length
  const masked = rest.replace(/\d/g, (digit) => (digits-- > 2 ? '•' : digit))
  return { masked: prefix + masked, spoken: `ending in ${e164.slice(-2)}` }
}
