import {
  acceptInvitationSchema,
  forgottenSchema,
  resetPasswordSchema,
  tokenSchema,
} from '@countersign/contract'
import { disown } from '@countersign/core/account/not-me'
import { askPasswordReset, resetPassword } from '@countersign/core/account/passwords'
import { confirmEmailChange } from '@countersign/core/account/profile'
import type { Deps } from '@countersign/core/deps'
import { acceptInvitation, viewInvitation } from '@countersign/core/employees/invite/accept-invitation'
import { Hono } from 'hono'
import { readCookie, writeCookie } from '../http/cookies.ts'
import { callerOf, type Env } from '../http/request.ts'
import { json } from '../http/validate.ts'

/** What mailed links lead to. Opening one does nothing; each of these is a confirmed click. */
export const linkRoutes = (deps: Deps) =>
  new Hono<Env>()
    .post('/forgotten-password', json(forgottenSchema), async (c) => {
      await askPasswordReset(deps, callerOf(c), c.req.valid('json').email)
      return c.body(null, 202)
    })
    .post('/reset-password', json(resetPasswordSchema), async (c) => {
      const { token, next } = c.req.valid('json')
      await resetPassword(deps, callerOf(c), token, next)
      return c.body(null, 204)
    })
    .post('/confirm-email', json(tokenSchema), async (c) => {
      await confirmEmailChange(deps, callerOf(c), c.req.valid('json').token)
      return c.body(null, 204)
    })
    .post('/invitation', json(tokenSchema), async (c) =>
      c.json(await viewInvitation(deps, c.req.valid('json').token)),
    )
    .post('/invitation/accept', json(acceptInvitationSchema), async (c) => {
      const typed = { ...c.req.valid('json'), session: readCookie(c, 'session') }
      const attempt = await acceptInvitation(deps, callerOf(c), typed)
      if (attempt) writeCookie(c, 'attempt', attempt)
      return c.json({ signingIn: attempt !== null })
    })
    .post('/not-me', json(tokenSchema), async (c) => {
      await disown(deps, callerOf(c), c.req.valid('json').token)
      return c.body(null, 204)
    })
