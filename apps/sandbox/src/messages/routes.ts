import { Hono } from 'hono'
import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { channelShape, type Messages } from './messages.ts'

const wantedShape = z.object({
  // A plus sign that was not escaped arrives as a space; nobody's number begins with one.
  to: z
    .string()
    .transform((to) => to.replace(/^ (?=\d)/, '+').trim())
    .optional(),
  channel: channelShape.optional(),
  limit: z.coerce.number().int().min(1).optional(),
})

/** `GET /messages`, newest first; `DELETE /messages`. */
export function messageRoutes(messages: Messages) {
  return new Hono()
    .get('/', (c) => {
      const wanted = wantedShape.safeParse(c.req.query())
      if (!wanted.success) throw new Problem(400, z.prettifyError(wanted.error))
      return c.json(messages.list(wanted.data))
    })
    .delete('/', (c) => {
      messages.clear()
      return c.body(null, 204)
    })
}
