import type { Topic, Wakes } from '@countersign/core/push/wakes'
import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'

/** Proxies give up on silent connections after 30 to 60 seconds. */
const heartbeat = 25_000

/** How many streams wait for one thing, over all its topics' first. */
const open = new Map<string, SSEStreamingApi[]>()

/** A page that reloads or a thief of a token must not pile connections up: the oldest makes room. */
const enter = (key: string, stream: SSEStreamingApi, most: number) => {
  const streams = [...(open.get(key) ?? []), stream]
  if (streams.length > most) streams.shift()?.abort()
  open.set(key, streams)
}

const leave = (key: string, stream: SSEStreamingApi) => {
  const rest = (open.get(key) ?? []).filter((one) => one !== stream)
  if (rest.length > 0) open.set(key, rest)
  else open.delete(key)
}

/**
 * Server-Sent Events that say "look again" and nothing else. One is sent at once, so whatever happened while the
 * connection was away is found; ids only count, since every event stands for all before it.
 * @param life after which the stream ends and the browser connects anew, so that it is let in anew, too
 */
export const wakeStream = (
  c: Context,
  wakes: Wakes,
  topics: Topic[],
  { life, most }: { life: number; most: number },
) => {
  c.header('X-Accel-Buffering', 'no')
  return streamSSE(c, async (stream) => {
    const key = topics[0] ?? ''
    const last = Number.parseInt(c.req.header('last-event-id') ?? '', 10)
    let id = Number.isSafeInteger(last) ? last : 0
    const say = () =>
      stream.writeSSE({ event: 'wake', data: '', id: String(++id) }).catch(() => stream.abort())
    const ended = Promise.withResolvers<void>()
    stream.onAbort(ended.resolve)
    enter(key, stream, most)
    const end = wakes.wait(topics, say)
    const beat = setInterval(() => stream.write(': \n\n').catch(() => stream.abort()), heartbeat)
    const over = setTimeout(ended.resolve, life)
    try {
      await say()
      await ended.promise
    } finally {
      end()
      clearInterval(beat)
      clearTimeout(over)
      leave(key, stream)
    }
  })
}
