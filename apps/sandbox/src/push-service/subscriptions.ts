import { createECDH, randomBytes, randomUUID } from 'node:crypto'
import type { Events } from '../control/events.ts'

export type Subscription = {
  id: string
  /** Keys of the browser this plays (RFC 8291 §2): it alone can read what is sent. */
  ecdh: ReturnType<typeof createECDH>
  auth: Buffer
  /** The VAPID key that may send here (RFC 8292 §4), base64url; undefined lets every key send. */
  applicationServerKey: string | undefined
  gone: boolean
}

export type PushMessage = {
  id: string
  subscription: string
  /** The text as the browser read it; null for a wake-up without one, and for one that cannot be read. */
  payload: string | null
  /** Why the browser could not read it. A push service never knows. */
  unreadable: string | null
  ttl: number
  urgency: string
  topic: string | null
  receivedAt: string
}

export type PushService = ReturnType<typeof createPushService>

export function createPushService(events: Events, now: () => Date) {
  const subscriptions = new Map<string, Subscription>()
  let messages: PushMessage[] = []
  return {
    subscribe: (applicationServerKey: string | undefined): Subscription => {
      const ecdh = createECDH('prime256v1')
      ecdh.generateKeys()
      const id = randomBytes(24).toString('base64url')
      const subscription = { id, ecdh, auth: randomBytes(16), applicationServerKey, gone: false }
      subscriptions.set(id, subscription)
      return subscription
    },
    find: (id: string) => subscriptions.get(id),
    deliver: (message: Omit<PushMessage, 'id' | 'receivedAt'>): PushMessage => {
      const delivered = { id: randomUUID(), ...message, receivedAt: now().toISOString() }
      messages = [delivered, ...messages].slice(0, 1000)
      events.emit('push')
      return delivered
    },
    /** Newest first. */
    messages: () => messages,
    clearMessages: () => {
      messages = []
      events.emit('push')
    },
    clear: () => {
      subscriptions.clear()
      messages = []
      events.emit('push')
    },
  }
}
