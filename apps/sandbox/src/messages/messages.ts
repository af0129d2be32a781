import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../control/clock/clock.ts'
import type { Events } from '../control/events.ts'

export const channelShape = z.enum(['sms', 'call', 'email'])
export type Channel = z.infer<typeof channelShape>

export type Message = {
  id: string
  channel: Channel
  /** E.164 or an e-mail address. */
  to: string
  from: string
  subject: string | null
  text: string | null
  html: string | null
  /** The code somebody would type, without separators. */
  code: string | null
  /** ISO 8601 on the product's clock. */
  sentAt: string
  /** Of a mail that has one, and how often it came. */
  messageId?: string
  arrivals?: number
}

/** Enough for a bulk mailing to a whole demonstration company; older ones go, so that memory has an end. */
const keptAtMost = 60_000

export type Messages = ReturnType<typeof createMessages>

/** Everything the stand-ins delivered, newest last. */
export function createMessages(clock: Clock, events: Events) {
  let kept: Message[] = []
  const byMessageId = new Map<string, Message>()
  const keyOf = (to: string, messageId: string) => `${messageId} ${to.toLowerCase()}`
  const index = (message: Message) => {
    if (message.messageId) byMessageId.set(keyOf(message.to, message.messageId), message)
  }
  return {
    deliver: (message: Omit<Message, 'id' | 'sentAt'>): Message => {
      const delivered = { id: randomUUID(), ...message, sentAt: clock.now().toISOString() }
      kept.push(delivered)
      index(delivered)
      if (kept.length > keptAtMost * 1.1) {
        kept = kept.slice(-keptAtMost)
        byMessageId.clear()
        kept.forEach(index)
      }
      events.emit('messages')
      return delivered
    },
    /** Counts a mail that came before. @returns whether it did */
    repeat: (to: string, messageId: string): boolean => {
      const before = byMessageId.get(keyOf(to, messageId))
      if (!before) return false
      before.arrivals = (before.arrivals ?? 1) + 1
      return true
    },
    byId: (id: string) => kept.find((message) => message.id === id),
    /** Newest first. Addresses are compared without regard to case. */
    list: (wanted: {
      to?: string | undefined
      channel?: Channel | undefined
      limit?: number | undefined
    }) => {
      const to = wanted.to?.toLowerCase()
      const found = kept.filter(
        (message) =>
          (to === undefined || message.to.toLowerCase() === to) &&
          (wanted.channel === undefined || message.channel === wanted.channel),
      )
      return found.reverse().slice(0, wanted.limit)
    },
    clear: () => {
      kept = []
      byMessageId.clear()
      events.emit('messages')
    },
  }
}
