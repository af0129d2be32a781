import { deliveryQuerySchema, webhookSchema } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { addWebhook } from '@countersign/core/webhooks/add-webhook'
import {
  disableWebhook,
  enableWebhook,
  replayEvent,
  testWebhook,
} from '@countersign/core/webhooks/change-webhook'
import { listDeliveries, listWebhooks } from '@countersign/core/webhooks/list-webhooks'
import { rotateSecret } from '@countersign/core/webhooks/rotate-secret'
import { Hono } from 'hono'
import { callerOf, type Env } from '../http/request.ts'
import { requireRole } from '../http/require-role.ts'
import { idOf, json, numberOf, query } from '../http/validate.ts'

/** Webhooks of the company the session acts in. */
export const webhookRoutes = (deps: Deps) =>
  new Hono<Env>()
    .use(requireRole(deps, 'security_admin'))
    .get('/', async (c) => c.json(await listWebhooks(deps, c.get('acting'))))
    .post('/', json(webhookSchema), async (c) =>
      c.json(await addWebhook(deps, callerOf(c), c.get('acting'), c.req.valid('json')), 201),
    )
    .post('/:id/secret', async (c) =>
      c.json(await rotateSecret(deps, callerOf(c), c.get('acting'), idOf(c.req.param('id')))),
    )
    .post('/:id/test', async (c) => {
      await testWebhook(deps, callerOf(c), c.get('acting'), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
    .post('/:id/enable', async (c) => {
      await enableWebhook(deps, callerOf(c), c.get('acting'), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
    .delete('/:id', async (c) => {
      await disableWebhook(deps, callerOf(c), c.get('acting'), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
    .get('/:id/deliveries', query(deliveryQuerySchema), async (c) => {
      const { before } = c.req.valid('query')
      return c.json(await listDeliveries(deps, c.get('acting'), idOf(c.req.param('id')), before))
    })
    .post('/:id/deliveries/:seq/replay', async (c) => {
      const seq = numberOf(c.req.param('seq'))
      await replayEvent(deps, callerOf(c), c.get('acting'), idOf(c.req.param('id')), seq)
      return c.body(null, 204)
    })
