import { Problem } from '@countersign/core/problem'
import type { MiddlewareHandler } from 'hono'

const safe = new Set(['GET', 'HEAD'])

/**
 * Changes only come from our own pages: Origin must be ours, browsers must not say otherwise, and the body must be
 * JSON or CSV, which no form of another site can send without a preflight (ASVS 3.5.1, 3.5.2).
 */
export const sameOrigin =
  (origin: string): MiddlewareHandler =>
  (c, next) => {
    if (safe.has(c.req.method)) return next()
    const site = c.req.header('sec-fetch-site')
    const from = c.req.header('origin')
    if ((from !== undefined && from !== origin) || (site !== undefined && site !== 'same-origin'))
      throw new Problem('foreign-origin')
    const type = c.req.header('content-type')
    // Without a body there is nothing to declare, but then the browser has to vouch for the origin.
    if (
      type === undefined
        ? from !== origin && c.req.method !== 'DELETE'
        : !/^(application\/json|text\/csv)\s*(;|$)/i.test(type)
    )
      throw new Problem('unsupported-media-type')
    return next()
  }
