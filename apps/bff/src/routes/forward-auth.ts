import { forwardDoorSchema, forwardEntrySchema } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { dressOf, enterApplication, type ForwardAuth } from '@countersign/core/forward-auth/enter-application'
import { Hono } from 'hono'
import { callerOf, type Env, sessionOf } from '../http/request.ts'
import { json, query } from '../http/validate.ts'

/** The portal's own side of forward authentication: whose door it is, and the way through. */
export const forwardEntryRoutes = (deps: Deps, forward: ForwardAuth) =>
  new Hono<Env>()
    .get('/door', query(forwardDoorSchema), async (c) =>
      c.json(await dressOf(deps, forward, c.req.valid('query').to)),
    )
    .post('/entries', json(forwardEntrySchema), async (c) =>
      c.json(
        await enterApplication(deps, callerOf(c), await sessionOf(c, deps), forward, c.req.valid('json')),
      ),
    )
