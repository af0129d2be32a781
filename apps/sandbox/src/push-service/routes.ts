import { Hono } from 'hono'
import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { decrypt } from './decrypt.ts'
import type { PushService, Subscription } from './subscriptions.ts'
import { vapidRefusal } from './vapid.ts'

/** RFC 8030 §5 and RFC 8291 §4: services have to take 4096 bytes, and most take no more. */
const largestBody = 4096

const headersShape = z.object({
  ttl: z.coerce.number().int().min(0),
  urgency: z.enum(['very-low', 'low', 'normal', 'high']).default('normal'),
  topic: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,32}$/)
    .optional(),
})

/** The push service itself, reached over TLS: `POST /push/{id}` of RFC 8030 §5. */
export function pushEndpoint(service: PushService, origin: () => string) {
  return new Hono().post('/:id', async (c) => {
    const subscription = service.find(c.req.param('id'))
    if (!subscription) return c.text('There is no such subscription.', 404)
    if (subscription.gone) return c.text('The subscription is gone.', 410)
    const refusal = await vapidRefusal(
      c.req.header('authorization'),
      origin(),
      subscription.applicationServerKey,
    )
    if (refusal) return c.text(refusal.reason, refusal.status)
    const headers = headersShape.safeParse({
      ttl: c.req.header('ttl'),
      urgency: c.req.header('urgency'),
      topic: c.req.header('topic'),
    })
    if (!headers.success) return c.text(z.prettifyError(headers.error), 400)
    const body = Buffer.from(await c.req.arrayBuffer())
    if (body.length > largestBody) return c.text('The message is too large.', 413)
    if (body.length > 0 && c.req.header('content-encoding') !== 'aes128gcm') {
      return c.text('The Content-Encoding has to be aes128gcm.', 415)
    }
    const { ttl, urgency, topic = null } = headers.data
    const received = service.deliver({
      subscription: subscription.id,
      ...read(body, subscription),
      ttl,
      urgency,
      topic,
    })
    return c.body(null, 201, { location: `${origin()}/push/messages/${received.id}` })
  })
}

/** What the browser makes of it. The service has answered 201 long before, as in life. */
function read(body: Buffer, subscription: Subscription) {
  if (body.length === 0) return { payload: null, unreadable: null }
  try {
    return { payload: decrypt(body, subscription), unreadable: null }
  } catch (error) {
    return { payload: null, unreadable: error instanceof Error ? error.message : String(error) }
  }
}

const subscribeShape = z.object({ applicationServerKey: z.string().optional() })

/** Plays a browser for tests: makes subscriptions, shows what arrived, and lets a subscription go. */
export function pushApi(service: PushService, origin: () => string) {
  return new Hono()
    .post('/subscriptions', async (c) => {
      const asked = subscribeShape.parse(await c.req.json().catch(() => ({})))
      const { id, ecdh, auth } = service.subscribe(asked.applicationServerKey)
      const keys = { p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') }
      return c.json({ endpoint: `${origin()}/push/${id}`, expirationTime: null, keys }, 201)
    })
    .delete('/subscriptions/:id', (c) => {
      const subscription = service.find(c.req.param('id'))
      if (!subscription) throw new Problem(404, 'There is no such subscription.')
      subscription.gone = true
      return c.body(null, 204)
    })
    .get('/messages', (c) => {
      const id = c.req.query('endpoint')?.split('/').at(-1) ?? c.req.query('subscription')
      return c.json(service.messages().filter((message) => id === undefined || message.subscription === id))
    })
    .delete('/messages', (c) => {
      service.clearMessages()
      return c.body(null, 204)
    })
}
