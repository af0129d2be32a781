import { Problem } from '@countersign/core/problem'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { problemResponse } from './problem.ts'

/**
 * Refuses larger bodies (ASVS 4.3.1). Hono's own limit reads the body as a web stream, which costs more than all
 * other middleware together; that is left for bodies that come without saying their length. Those that say it are
 * no longer than they say, because the HTTP parser reads no further (RFC 9112 §6.2, 6.3).
 */
export const limitBody = (maxSize: number): MiddlewareHandler => {
  const refusal = new Problem('too-large')
  const counting = bodyLimit({ maxSize, onError: (c) => problemResponse(c, refusal) })
  return (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const length = c.req.header('content-length')
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counting(c, next)
    if (Number(length) > maxSize) throw refusal
    return next()
  }
}
