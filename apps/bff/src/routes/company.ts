import { announceSchema, requireSchema } from '@countersign/contract'
import { announceRequirement, withdrawAnnouncement } from '@countersign/core/company/announce'
import { enrolmentHistory } from '@countersign/core/company/enrolment-history'
import { rehearse } from '@countersign/core/company/rehearse'
import { requireTwoFactor } from '@countersign/core/company/require'
import { requireWithNumbers } from '@countersign/core/company/require-with-numbers'
import { viewCompany } from '@countersign/core/company/view-company'
import type { Deps } from '@countersign/core/deps'
import { Hono } from 'hono'
import { callerOf, type Env, sessionOf } from '../http/request.ts'
import { json } from '../http/validate.ts'

/** Company Settings. There is an address to require two-factor authentication and none to stop requiring it. */
export const companyRoutes = (deps: Deps) =>
  new Hono<Env>()
    .get('/', async (c) => c.json(await viewCompany(deps, await sessionOf(c, deps))))
    .get('/rehearsal', async (c) => c.json(await rehearse(deps, await sessionOf(c, deps))))
    .get('/enrolment', async (c) => c.json(await enrolmentHistory(deps, await sessionOf(c, deps))))
    .post('/requirement', json(requireSchema), async (c) => {
      const { companyName } = c.req.valid('json')
      await requireTwoFactor(deps, callerOf(c), await sessionOf(c, deps), companyName)
      return c.body(null, 204)
    })
    .post('/requirement/numbers', async (c) => {
      return c.json(await requireWithNumbers(deps, callerOf(c), await sessionOf(c, deps)))
    })
    .put('/announcement', json(announceSchema), async (c) => {
      const from = new Date(c.req.valid('json').from)
      await announceRequirement(deps, callerOf(c), await sessionOf(c, deps), from)
      return c.body(null, 204)
    })
    .delete('/announcement', async (c) => {
      await withdrawAnnouncement(deps, callerOf(c), await sessionOf(c, deps))
      return c.body(null, 204)
    })
