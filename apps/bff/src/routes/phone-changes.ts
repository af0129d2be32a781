import { tokenSchema } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { cancelByLink, cancelOwn } from '@countersign/core/recovery/phone-change/cancel-phone-change'
import {
  approvePhoneChange,
  declinePhoneChange,
} from '@countersign/core/recovery/phone-change/finish-phone-change'
import {
  listPhoneChanges,
  readOwnPhoneChange,
} from '@countersign/core/recovery/phone-change/list-phone-changes'
import { startPhoneChange } from '@countersign/core/recovery/phone-change/start-phone-change'
import { Hono } from 'hono'
import { bearerOf, callerOf, type Env, sessionOf } from '../http/request.ts'
import { idOf, json } from '../http/validate.ts'

/** A new phone number: in the profile, or from a sign-in without the old one. */
export const phoneChangeRoutes = (deps: Deps) =>
  new Hono<Env>()
    .post('/phone-change', async (c) => c.json(await startPhoneChange(deps, callerOf(c), bearerOf(c)), 201))
    .get('/phone-change', async (c) =>
      c.json({ change: await readOwnPhoneChange(deps, await sessionOf(c, deps)) }),
    )
    .delete('/phone-change', async (c) => {
      await cancelOwn(deps, callerOf(c), await sessionOf(c, deps))
      return c.body(null, 204)
    })
    .post('/phone-change/cancel', json(tokenSchema), async (c) => {
      await cancelByLink(deps, callerOf(c), c.req.valid('json').token)
      return c.body(null, 204)
    })
    .get('/phone-changes', async (c) =>
      c.json({ changes: await listPhoneChanges(deps, await sessionOf(c, deps)) }),
    )
    .post('/phone-changes/:id/approve', async (c) => {
      await approvePhoneChange(deps, callerOf(c), await sessionOf(c, deps), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
    .post('/phone-changes/:id/decline', async (c) => {
      await declinePhoneChange(deps, callerOf(c), await sessionOf(c, deps), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
