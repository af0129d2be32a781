import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import ipaddr from 'ipaddr.js'

type Range = ReturnType<typeof ipaddr.parseCIDR>
export type Proxies = Range[]

/** @throws when a proxy is not written as an address or CIDR range */
export const parseProxies = (list: string[]): Range[] =>
  list.map((entry) => {
    const text = entry.includes('/') ? entry : `${entry}/${ipaddr.parse(entry).kind() === 'ipv4' ? 32 : 128}`
    return ipaddr.parseCIDR(text)
  })

const canonical = (text: string): string | null =>
  ipaddr.isValid(text) && (text.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(text))
    ? ipaddr.process(text).toString()
    : null

const isProxy = (address: string, proxies: Range[]) => {
  const parsed = ipaddr.process(address)
  return proxies.some((range) => range[0].kind() === parsed.kind() && parsed.match(range))
}

/** Whether what a peer says of others is believed. Remembers the answers: peers that ask much are few. */
export const peerTrust = (proxies: Proxies): ((peer: string) => boolean) => {
  const known = new Map<string, boolean>()
  return (peer) => {
    let trusted = known.get(peer)
    if (trusted === undefined) {
      trusted = ipaddr.isValid(peer) && isProxy(peer, proxies)
      if (known.size > 1000) known.clear()
      known.set(peer, trusted)
    }
    return trusted
  }
}

/**
 * The client as the nearest proxy we trust saw it: X-Forwarded-For from right to left, past trusted proxies, to
 * the first other address. Without a trusted peer the header is ignored; what cannot be read is taken for the
 * peer itself. IPv4 in IPv6 is written as IPv4.
 */
export const clientAddress = (peer: string, forwarded: string | undefined, proxies: Range[]): string => {
  let address = canonical(peer) ?? '0.0.0.0'
  const hops = forwarded?.split(',').map((hop) => hop.trim()) ?? []
  while (hops.length > 0 && isProxy(address, proxies)) {
    const hop = canonical(hops.pop() ?? '')
    if (hop === null) return '0.0.0.0'
    address = hop
  }
  return address
}

export const peerOf = (c: Context): string =>
  (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '127.0.0.1'
