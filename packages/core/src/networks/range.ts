import ipaddr from 'ipaddr.js'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'

/** Kinds of addresses that say nothing about where somebody is: shared by many networks, or no place at all. */
const placeless = new Set([
  'private',
  'loopback',
  'carrierGradeNat',
  'linkLocal',
  'uniqueLocal',
  'unspecified',
  'broadcast',
  'multicast',
])

const refuse = (code: 'network-invalid' | 'network-too-wide' | 'network-private'): Problem =>
  new Problem(code, { fields: { cidr: code } })

/**
 * Reads an address or CIDR range as people write it. An IPv4 range inside IPv6 is taken for the IPv4 range.
 * @returns the network in canonical form, host bits cleared
 * @throws Problem `network-invalid`, `network-too-wide`, `network-private` (unless the operator allows those)
 */
export const parseRange = (typed: string, allowPrivate: boolean): string => {
  const [address, bits] = parts(typed.trim())
  const widest = address.kind() === 'ipv4' ? parameters.networks.widestV4 : parameters.networks.widestV6
  if (bits < widest) throw refuse('network-too-wide')
  const cidr = `${address.toString()}/${bits}`
  const ends =
    address.kind() === 'ipv4'
      ? [ipaddr.IPv4.networkAddressFromCIDR(cidr), ipaddr.IPv4.broadcastAddressFromCIDR(cidr)]
      : [ipaddr.IPv6.networkAddressFromCIDR(cidr), ipaddr.IPv6.broadcastAddressFromCIDR(cidr)]
  if (!allowPrivate && ends.some((end) => placeless.has(end.range()))) throw refuse('network-private')
  return `${ends[0]?.toString()}/${bits}`
}

const parts = (text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] => {
  const [host = '', length, ...rest] = text.split('/')
  // "010.0.0.1" is octal to some and decimal to others; what people must not have to wonder about is refused.
  const written = host.includes(':') ? ipaddr.IPv6.isValid(host) : ipaddr.IPv4.isValidFourPartDecimal(host)
  if (!written || host.includes('%') || rest.length > 0 || !/^(\d{1,3})?$/.test(length ?? ''))
    throw refuse('network-invalid')
  const address = ipaddr.parse(host)
  const most = address.kind() === 'ipv4' ? 32 : 128
  const bits = length === undefined ? most : Number(length)
  if (length === '' || bits > most) throw refuse('network-invalid')
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    if (bits < 96) throw refuse('network-too-wide')
    return [address.toIPv4Address(), bits - 96]
  }
  return [address, bits]
}
