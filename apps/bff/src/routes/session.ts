import { chooseCompanySchema } from '@countersign/contract'
import { listSessions, revokeOtherSessions, revokeSession } from '@countersign/core/account/sessions'
import type { Deps } from '@countersign/core/deps'
import { chooseCompany, listCompanies } from '@countersign/core/people/choose-company'
import { signOut, viewSession } from '@countersign/core/sign-in/session'
import { Hono } from 'hono'
import { clearCookie, readCookie, writeCookie } from '../http/cookies.ts'
import { callerOf, type Env, sessionOf } from '../http/request.ts'
import { idOf, json } from '../http/validate.ts'

export const sessionRoutes = (deps: Deps) =>
  new Hono<Env>()
    .get('/', async (c) => c.json(viewSession(await sessionOf(c, deps))))
    .delete('/', async (c) => {
      await signOut(deps, callerOf(c), {
        session: readCookie(c, 'session'),
        attempt: readCookie(c, 'attempt'),
      })
      clearCookie(c, 'session')
      clearCookie(c, 'attempt')
      c.header('Clear-Site-Data', '"cache", "storage"')
      return c.body(null, 204)
    })
    .get('/companies', async (c) => c.json(await listCompanies(deps, await sessionOf(c, deps))))
    .post('/company', json(chooseCompanySchema), async (c) => {
      const { companyId } = c.req.valid('json')
      writeCookie(c, 'session', await chooseCompany(deps, callerOf(c), await sessionOf(c, deps), companyId))
      return c.body(null, 204)
    })
    .get('/all', async (c) => c.json(await listSessions(deps, await sessionOf(c, deps))))
    .delete('/others', async (c) => {
      return c.json({ ended: await revokeOtherSessions(deps, callerOf(c), await sessionOf(c, deps)) })
    })
    .delete('/:id', async (c) => {
      await revokeSession(deps, callerOf(c), await sessionOf(c, deps), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
