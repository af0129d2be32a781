import { saveDuoSchema, testDuoSchema } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { resetDuo } from '@countersign/core/duo/reset-duo'
import { saveKeys } from '@countersign/core/duo/save-keys'
import { testConnection } from '@countersign/core/duo/test-connection'
import { peopleOfDuo, rehearseDuo, viewDuo } from '@countersign/core/duo/view-duo'
import { Hono } from 'hono'
import { callerOf, type Env, sessionOf } from '../http/request.ts'
import { json } from '../http/validate.ts'

/** Organization 2FA with Duo. The secret key goes in and never comes out. */
export const duoRoutes = (deps: Deps) =>
  new Hono<Env>()
    .get('/', async (c) => c.json(await viewDuo(deps, await sessionOf(c, deps))))
    .get('/rehearsal', async (c) => c.json(await rehearseDuo(deps, await sessionOf(c, deps))))
    .get('/people', async (c) => c.json(await peopleOfDuo(deps, await sessionOf(c, deps))))
    .post('/test', json(testDuoSchema), async (c) => {
      const keys = c.req.valid('json')
      return c.json(await testConnection(deps, callerOf(c), await sessionOf(c, deps), keys))
    })
    .put('/', json(saveDuoSchema), async (c) => {
      const { tested, ...keys } = c.req.valid('json')
      await saveKeys(deps, callerOf(c), await sessionOf(c, deps), keys, tested)
      return c.body(null, 204)
    })
    .post('/reset', async (c) => c.json(await resetDuo(deps, callerOf(c), await sessionOf(c, deps))))
