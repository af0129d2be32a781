import { createECDH } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import type { Subscription } from '@countersign/contract'
import webPush from 'web-push'

/** Wakes an app that is shut. Never a carrier of news: what it says is an id. */
export type WebPush = {
  /** For PushManager.subscribe(). */
  publicKey: string
  /** Whether an endpoint is one of a push service we know; anything else could be made to call inside our network. */
  isKnown: (endpoint: string) => boolean
  /** Gone: nobody listens there any more (RFC 8030 §7.3). */
  send: (subscription: Subscription, payload: string) => Promise<'sent' | 'gone' | 'failed'>
}

export type WebPushSettings = {
  /** mailto: or https: address of the operator (RFC 8292 §2.1). */
  subject: string
  /** P-256, 32 bytes, base64url. */
  privateKey: string
  /** Another service than the browsers' own, with its authority: the sandbox's. */
  extra?: { host: string; caFile: string } | null
}

/** The services of Chromium, Firefox, Safari and Edge. */
const services = [
  /^fcm\.googleapis\.com$/,
  /(^|\.)push\.services\.mozilla\.com$/,
  /(^|\.)push\.apple\.com$/,
  /(^|\.)notify\.windows\.com$/,
]

const seconds = 120

/** Web Push with VAPID (RFC 8030, 8291, 8292) through `web-push`. Never throws: a lost wake-up is only slower. */
export const createWebPush = (settings: WebPushSettings): WebPush => {
  const { subject, privateKey, extra } = settings
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateKey, 'base64url')
  const publicKey = pair.getPublicKey('base64url')
  // Read when first needed: the sandbox writes the file while we start.
  let agent: Agent | undefined
  const agentOf = (caFile: string) => {
    agent ??= new Agent({ ca: readFileSync(caFile) })
    return agent
  }
  const isExtra = (url: URL) => extra !== null && extra !== undefined && url.host === extra.host
  return {
    publicKey,
    isKnown: (endpoint) => {
      if (!URL.canParse(endpoint)) return false
      const url = new URL(endpoint)
      if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
      return isExtra(url) || (url.port === '' && services.some((service) => service.test(url.hostname)))
    },
    send: async (subscription, payload) => {
      try {
        await webPush.sendNotification(subscription, payload, {
          vapidDetails: { subject, publicKey, privateKey },
          TTL: seconds,
          urgency: 'high',
          timeout: 5000,
          ...(extra && isExtra(new URL(subscription.endpoint)) ? { agent: agentOf(extra.caFile) } : {}),
        })
        return 'sent'
      } catch (error) {
        const { statusCode } = error as { statusCode?: unknown }
        return statusCode === 404 || statusCode === 410 ? 'gone' : 'failed'
      }
    },
  }
}
