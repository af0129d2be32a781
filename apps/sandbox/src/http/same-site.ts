import { createMiddleware } from 'hono/factory'
import { Problem } from './problem.ts'

/**
 * Any page a developer has open can send requests to the loopback. Browsers mark them, programs send no mark; so
 * a foreign page can neither reset the demonstration data nor move the clock.
 */
export const sameSite = createMiddleware(async (c, next) => {
  if (c.req.header('sec-fetch-site') === 'cross-site') {
    throw new Problem(403, 'The sandbox is driven from this machine, not from another site.')
  }
  await next()
})
