import { lookup as systemLookup } from 'node:dns'
import { isIP } from 'node:net'
import { guardedLookup, type Lookup, mayConnect } from './addresses.ts'
import { call, type WebhookAnswer } from './call.ts'

/** Calls addresses that customers typed in. */
export type Webhooks = {
  /** Whether an address can be a webhook at all; where its name leads is judged anew at each call. */
  mayGo: (url: string) => boolean
  /** Never throws: whatever a receiver does is an answer. */
  send: (url: string, headers: Record<string, string>, body: string) => Promise<WebhookAnswer>
}

export type WebhookSettings = {
  /** The operator lets webhooks go to private addresses, there also without TLS. */
  privateNetworks: boolean
  /** The sandbox's origin, which is neither public nor TLS. */
  sandbox: string | null
  /** Milliseconds for all of a call. */
  patience: number
  lookup?: Lookup
}

export const createWebhooks = (settings: WebhookSettings): Webhooks => {
  const { privateNetworks, sandbox, patience, lookup = systemLookup } = settings
  const allows = (url: URL) => (address: string) =>
    url.origin === sandbox || mayConnect(address, url.protocol === 'https:', privateNetworks)
  const mayGo = (text: string): boolean => {
    if (!URL.canParse(text)) return false
    const url = new URL(text)
    if (url.username !== '' || url.password !== '' || url.hash !== '') return false
    if (url.origin === sandbox) return true
    if (url.protocol !== 'https:' && !(privateNetworks && url.protocol === 'http:')) return false
    // Node asks nobody about an address that is one already, so that is judged here.
    const host = url.hostname.replace(/^\[|\]$/g, '')
    return isIP(host) === 0 || allows(url)(host)
  }
  return {
    mayGo,
    send: async (text, headers, body) => {
      if (!mayGo(text)) return { error: 'address' }
      const url = new URL(text)
      return call(url, { headers, body, lookup: guardedLookup(lookup, allows(url)), patience })
    },
  }
}
