import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/min'

export type Country = { code: CountryCode; name: string; callingCode: string; search: string }

const names = new Intl.DisplayNames('en-GB', { type: 'region' })

/** "Åland" is found by "aland". */
export const plainText = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en')

const describe = (code: CountryCode): Country => {
  const name = names.of(code) ?? code
  return { code, name, callingCode: `+${getCountryCallingCode(code)}`, search: plainText(name) }
}

let all: readonly Country[] | undefined

/** Every country and territory that has a numbering plan, by name. */
export const countries = (): readonly Country[] => {
  all ??= getCountries()
    .map(describe)
    .sort((a, b) => a.search.localeCompare(b.search, 'en'))
  return all
}

export const countryOf = (code: CountryCode): Country => describe(code)

const rank = (country: Country, wanted: string): number => {
  const digits = wanted.replace(/^\+|^00/u, '')
  if (/^\d+$/u.test(digits)) {
    if (country.callingCode === `+${digits}`) return 0
    return country.callingCode.startsWith(`+${digits}`) ? 1 : -1
  }
  const at = country.search.indexOf(wanted)
  if (at === 0) return 0
  if (country.code.toLowerCase() === wanted) return 1
  if (at > 0 && country.search[at - 1] === ' ') return 2
  return at > 0 ? 3 : -1
}

/** Countries by name, code or calling code; names that begin with the query come first, the chosen one leads them. */
export const findCountries = (query: string, chosen: CountryCode): readonly Country[] => {
  const wanted = plainText(query.trim())
  if (wanted === '') return countries()
  return countries()
    .map((country) => ({ country, rank: rank(country, wanted) }))
    .filter((found) => found.rank >= 0)
    .sort((a, b) => a.rank - b.rank || Number(b.country.code === chosen) - Number(a.country.code === chosen))
    .map((found) => found.country)
}
