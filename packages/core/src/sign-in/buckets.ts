import ipaddr from 'ipaddr.js'

/**
 * One form for every spelling of an address, for finding people and for counting: a letter that only the database
 * would fold (`İ` for `i`) finds nobody, so it cannot open a second count for the same account (ASVS 1.1.1).
 */
export const canonicalEmail = (typed: string): string => typed.trim().normalize('NFC').toLowerCase()

/** What counts as one client: an IPv4 address, or the /64 of an IPv6 one, which a single customer is given whole. */
export const addressBucket = (address: string): string => {
  if (!ipaddr.IPv6.isValid(address)) return address
  const parts = ipaddr.IPv6.parse(address).parts.slice(0, 4)
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`
}
