import type { Db, Sql } from '../db/connect.ts'

/** What can be waited for: news for a device of ours, or for the browser whose sign-in or session it is. */
export type Topic = `device:${string}` | `owner:${string}`

/**
 * Wake-ups between all instances, through PostgreSQL. They say that there may be something new, never what:
 * whoever is woken looks for itself, so one too many does no harm, and after a gap everybody is woken.
 */
export type Wakes = {
  /** @returns what ends the waiting */
  wait: (topics: Topic[], wake: () => void) => () => void
}

const channel = 'countersign_wakes'

/** In the caller's transaction, if it is one: heard after commit, and not at all without it. */
export const wake = async (db: Db, topic: Topic) => {
  await db`select pg_notify(${channel}, ${topic})`
}

/** One listening connection for the whole process, opened when somebody first waits. */
export const createWakes = (
  sql: Sql,
  log: { warn: (facts: Record<string, unknown>, message: string) => void },
): Wakes => {
  const waiting = new Map<string, Set<() => void>>()
  let listening = false
  const everybody = () => {
    for (const wakers of waiting.values()) for (const one of wakers) one()
  }
  const listen = () => {
    if (listening) return
    listening = true
    // The driver listens again by itself after a lost connection; what was said meanwhile is made good by waking all.
    sql
      .listen(channel, (topic) => waiting.get(topic)?.forEach((one) => void one()), everybody)
      .catch((error) => {
        listening = false
        log.warn({ error }, 'not listening for wake-ups')
      })
  }
  return {
    wait: (topics, wakeUp) => {
      listen()
      for (const topic of topics) {
        const wakers = waiting.get(topic) ?? new Set()
        waiting.set(topic, wakers.add(wakeUp))
      }
      return () => {
        for (const topic of topics) {
          const wakers = waiting.get(topic)
          wakers?.delete(wakeUp)
          if (wakers?.size === 0) waiting.delete(topic)
        }
      }
    },
  }
}
