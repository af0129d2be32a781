import { isIPv4 } from 'node:net'
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

/**
 * IPv4 as it is, IPv6 in one spelling, IPv4 in IPv6 as IPv4; null for anything else. The zone of a link goes: it means
 * something on one machine only, and PostgreSQL knows none.
 */
const canonical = (written: string): string | null => {
  if (isIPv4(written)) return written
  const [text = ''] = written.split('%', 1)
  return text.includes(':') && ipaddr.isValid(text) ? ipaddr.process(text).toString() : null
}

const isProxy = (address: string, proxies: Range[]) => {
  const parsed = ipaddr.process(address)
  return proxies.some((range) => range[0].kind() === parsed.kind() && parsed.match(range))
}

type Peer = { address: string; trusted: boolean }

/** What is known of those that ask, worked out once for each: they are few, and each asks often. */
const knowPeers = (proxies: Proxies): ((peer: string) => Peer) => {
  const known = new Map<string, Peer>()
  return (text) => {
    let peer = known.get(text)
    if (!peer) {
      const address = canonical(text)
      peer = { address: address ?? '0.0.0.0', trusted: address !== null && isProxy(address, proxies) }
      if (known.size > 1000) known.clear()
      known.set(text, peer)
    }
    return peer
  }
}

/** Whether what a peer says of others is believed. */
export const peerTrust = (proxies: Proxies): ((peer: string) => boolean) => {
  const peerOf = knowPeers(proxies)
  return (peer) => peerOf(peer).trusted
}

/**
 * The client as the nearest proxy we trust saw it: X-Forwarded-For from right to left, past trusted proxies, to
 * the first other address. Without a trusted peer the header is ignored; what cannot be read is taken for the
 * peer itself. IPv4 in IPv6 is written as IPv4.
 */
export const clientAddresses = (proxies: Proxies): ((peer: string, forwarded?: string) => string) => {
  const peerOf = knowPeers(proxies)
  return (text, forwarded) => {
    let { address, trusted } = peerOf(text)
    const hops = forwarded?.split(',') ?? []
    while (trusted && hops.length > 0) {
      const hop = canonical(hops.pop()?.trim() ?? '')
      if (hop === null) return '0.0.0.0'
      address = hop
      trusted = hops.length > 0 && isProxy(hop, proxies)
    }
    return address
  }
}

export const peerOf = (c: Context): string =>
  (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '127.0.0.1'
