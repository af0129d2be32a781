import type { Deps } from '@countersign/core/deps'
import { makeScimToken } from '@countersign/core/scim/tokens/make-token'
import { revokeScimToken } from '@countersign/core/scim/tokens/revoke-token'
import { viewProvisioning } from '@countersign/core/scim/tokens/view-provisioning'
import { Hono } from 'hono'
import { callerOf, type Env, sessionOf } from '../http/request.ts'
import { idOf } from '../http/validate.ts'

/** The company's token for its directory. It goes out once, when it is made. */
export const provisioningRoutes = (deps: Deps) =>
  new Hono<Env>()
    .get('/', async (c) => c.json(await viewProvisioning(deps, await sessionOf(c, deps))))
    .post('/tokens', async (c) =>
      c.json(await makeScimToken(deps, callerOf(c), await sessionOf(c, deps)), 201),
    )
    .delete('/tokens/:id', async (c) => {
      await revokeScimToken(deps, callerOf(c), await sessionOf(c, deps), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
