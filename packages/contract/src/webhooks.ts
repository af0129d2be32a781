import { z } from 'zod'

/** What an address can ask to hear of. Which event belongs where stands in docs/webhooks.md. */
export const webhookTopics = ['sign-in', 'factor', 'employee', 'enforcement', 'administration'] as const
export type WebhookTopic = (typeof webhookTopics)[number]

export type WebhookView = {
  id: string
  url: string
  topics: WebhookTopic[]
  createdAt: string
  disabledAt: string | null
  /** When its address answered 410 Gone: it is disabled until somebody switches it on again. */
  goneAt: string | null
  /** Events on their way, and those given up after a day. */
  waiting: number
  failed: number
  lastDeliveredAt: string | null
}

/** The only time a secret is shown; `previousUntil` is when the one before it stops signing. */
export type WebhookSecret = { id: string; secret: string; previousUntil: string | null }

export type DeliveryView = {
  seq: number
  event: string
  state: 'waiting' | 'delivered' | 'failed'
  tries: number
  status: number | null
  /** Why there was no status. */
  error: 'timeout' | 'address' | 'connection' | 'certificate' | null
  triedAt: string | null
  nextAt: string | null
}

/** Newest first; `next` asks for the page after. */
export type DeliveryPage = { rows: DeliveryView[]; next: number | null }

export const webhookSchema = z
  .object({
    url: z.string().trim().min(1).max(500),
    topics: z
      .array(z.enum(webhookTopics))
      .min(1)
      .transform((topics) => [...new Set(topics)]),
  })
  .strict()

export const deliveryQuerySchema = z.object({ before: z.coerce.number().int().positive().optional() })
