import { networkSchema, renameNetworkSchema } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { addNetwork, removeNetwork, renameNetwork } from '@countersign/core/networks/change-networks'
import { listNetworks } from '@countersign/core/networks/list-networks'
import { Hono } from 'hono'
import { callerOf, type Env, sessionOf } from '../http/request.ts'
import { idOf, json } from '../http/validate.ts'

/** Trusted networks of the company the session acts in. */
export const networkRoutes = (deps: Deps) =>
  new Hono<Env>()
    .get('/', async (c) => c.json(await listNetworks(deps, await sessionOf(c, deps))))
    .post('/', json(networkSchema), async (c) => {
      await addNetwork(deps, callerOf(c), await sessionOf(c, deps), c.req.valid('json'))
      return c.body(null, 204)
    })
    .patch('/:id', json(renameNetworkSchema), async (c) => {
      const id = idOf(c.req.param('id'))
      await renameNetwork(deps, callerOf(c), await sessionOf(c, deps), id, c.req.valid('json').name)
      return c.body(null, 204)
    })
    .delete('/:id', async (c) => {
      await removeNetwork(deps, callerOf(c), await sessionOf(c, deps), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
