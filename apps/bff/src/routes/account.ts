import { changeEmailSchema, changePasswordSchema, profileSchema, renameSchema } from '@countersign/contract'
import { recentActivity } from '@countersign/core/account/activity'
import { removeAuthenticator, renameAuthenticator } from '@countersign/core/account/authenticators'
import { changePassword } from '@countersign/core/account/passwords'
import { askEmailChange, changeName, viewProfile } from '@countersign/core/account/profile'
import { viewSecurity } from '@countersign/core/account/security'
import { forgetTrustedBrowser, listTrustedBrowsers } from '@countersign/core/account/trusted-browsers'
import type { Deps } from '@countersign/core/deps'
import { Hono } from 'hono'
import { callerOf, type Env, sessionOf } from '../http/request.ts'
import { idOf, json } from '../http/validate.ts'

/** What a signed-in person sees and changes of their own account. */
export const accountRoutes = (deps: Deps) =>
  new Hono<Env>()
    .get('/security', async (c) => c.json(await viewSecurity(deps, await sessionOf(c, deps))))
    .get('/activity', async (c) => c.json(await recentActivity(deps, await sessionOf(c, deps))))
    .get('/profile', async (c) => c.json(await viewProfile(deps, await sessionOf(c, deps))))
    .patch('/profile', json(profileSchema), async (c) => {
      await changeName(deps, callerOf(c), await sessionOf(c, deps), c.req.valid('json').name)
      return c.body(null, 204)
    })
    .post('/email', json(changeEmailSchema), async (c) => {
      await askEmailChange(deps, callerOf(c), await sessionOf(c, deps), c.req.valid('json').email)
      return c.body(null, 202)
    })
    .post('/password', json(changePasswordSchema), async (c) => {
      await changePassword(deps, callerOf(c), await sessionOf(c, deps), c.req.valid('json'))
      return c.body(null, 204)
    })
    .patch('/authenticators/:id', json(renameSchema), async (c) => {
      const id = idOf(c.req.param('id'))
      await renameAuthenticator(deps, callerOf(c), await sessionOf(c, deps), id, c.req.valid('json').name)
      return c.body(null, 204)
    })
    .delete('/authenticators/:id', async (c) => {
      await removeAuthenticator(deps, callerOf(c), await sessionOf(c, deps), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
    .get('/trusted-browsers', async (c) => c.json(await listTrustedBrowsers(deps, await sessionOf(c, deps))))
    .delete('/trusted-browsers/:id', async (c) => {
      await forgetTrustedBrowser(deps, callerOf(c), await sessionOf(c, deps), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
