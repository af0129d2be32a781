import { Hono } from 'hono'

export type WebhookInbox = ReturnType<typeof createWebhookInbox>

/** What was posted, as it arrived: whoever reads it here checks the signature for themselves. */
export type ReceivedWebhook = { path: string; headers: Record<string, string>; body: string; at: string }

const kept = 200

export function createWebhookInbox() {
  const received: ReceivedWebhook[] = []
  return {
    /** Newest first. */
    list: () => received.toReversed(),
    clear: () => {
      received.length = 0
    },
    add: (one: ReceivedWebhook) => {
      received.push(one)
      if (received.length > kept) received.shift()
    },
  }
}

/**
 * Somebody's receiver of webhooks, at any path under `/webhooks`. It takes what comes with 204, or answers what its
 * address says (`?answer=500`), so that failing receivers can be tried by hand.
 */
export const webhookRoutes = (inbox: WebhookInbox) =>
  new Hono().post('/*', async (c) => {
    inbox.add({
      path: c.req.path,
      headers: c.req.header(),
      body: await c.req.text(),
      at: new Date().toISOString(),
    })
    const answer = Number(c.req.query('answer') ?? 204)
    return new Response(null, { status: answer >= 200 && answer < 600 ? answer : 204 })
  })

/** What it received, newest first. */
export const webhookApi = (inbox: WebhookInbox) => new Hono().get('/', (c) => c.json(inbox.list()))
