import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Events } from '../control/events.ts'

/** Server-sent events that name what changed. The stream ends when the page goes or the process stops. */
export const eventStream = (events: Events) => (c: Context) =>
  streamSSE(c, async (stream) => {
    const unsubscribe = events.on((topic) => void stream.writeSSE({ event: topic, data: '' }))
    await stream.writeSSE({ event: 'hello', data: '' })
    await new Promise<void>((resolve) => stream.onAbort(resolve))
    unsubscribe()
  })
