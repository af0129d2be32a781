import type { Role } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { actingIn } from '@countersign/core/people/acting'
import { createMiddleware } from 'hono/factory'
import { type Env, sessionOf } from './request.ts'

/**
 * The one place where routes ask for a role: of the company the session acts in, as it is now, and before the body
 * is looked at. Refuses with `not-signed-in`, `company-needed` or `not-allowed`.
 */
export const requireRole = (deps: Deps, least: Role) =>
  createMiddleware<Env>(async (c, next) => {
    c.set('acting', actingIn(await sessionOf(c, deps), least))
    await next()
  })
