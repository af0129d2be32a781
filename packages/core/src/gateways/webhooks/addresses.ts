import type { LookupAddress } from 'node:dns'
import ipaddr from 'ipaddr.js'

/** Networks of somebody's own, which an operator may open to webhooks. */
const own = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat'])

/** Of IPv6 only 2000::/3 is given out (RFC 4291 §2.4); the rest embeds other addresses or leads nowhere. */
const isPublic = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean => {
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || ((address.parts[0] ?? 0) & 0xe000) === 0x2000
}

/**
 * Whether a customer's address may be called: the internet by TLS; a private network only where the operator allows.
 * Link-local addresses never, since clouds keep their machines' credentials there (ASVS 1.3.6).
 */
export const mayConnect = (text: string, tls: boolean, privateNetworks: boolean): boolean => {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  return isPublic(address) ? tls : privateNetworks && own.has(address.range())
}

/** As node:dns has it, in the one form used here. */
export type Lookup = (
  host: string,
  options: { all: true },
  answer: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** What an address that may not be called fails with. */
export const forbidden = 'EFORBIDDENADDRESS'

/**
 * Resolves a name for the socket that is about to connect, and fails if a single one of its addresses may not be
 * called. Judging here, not before, leaves no moment for the name to change its mind (DNS rebinding).
 */
export const guardedLookup =
  (lookup: Lookup, allows: (address: string) => boolean) =>
  (
    host: string,
    options: { all?: boolean | undefined },
    answer: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ) =>
    lookup(host, { all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) return answer(error ?? new Error('no address'), [])
      if (!addresses.every(({ address }) => allows(address)))
        return answer(Object.assign(new Error('address not allowed'), { code: forbidden }), [])
      if (options.all) return answer(null, addresses)
      return answer(null, first.address, first.family)
    })
