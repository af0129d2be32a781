import { passwordSignInSchema, type SignInResult } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { remindLater } from '@countersign/core/sign-in/begin/remind-later'
import { startSignIn } from '@countersign/core/sign-in/begin/start-sign-in'
import { signOut } from '@countersign/core/sign-in/session'
import { viewSignIn } from '@countersign/core/sign-in/view-sign-in'
import { Hono } from 'hono'
import { clearCookie, readCookie, writeCookie } from '../http/cookies.ts'
import { attemptTokenOf, beginSession, callerOf, type Env } from '../http/request.ts'
import { json } from '../http/validate.ts'

const done: SignInResult = { done: true }

export const signInRoutes = (deps: Deps) =>
  new Hono<Env>()
    .post('/', json(passwordSignInSchema), async (c) => {
      const caller = callerOf(c)
      const cookies = { browser: readCookie(c, 'known'), trust: readCookie(c, 'trust') }
      const typed = { ...c.req.valid('json'), ...cookies }
      const { result, token, trust } = await startSignIn(deps, caller, typed)
      await signOut(deps, caller, { session: readCookie(c, 'session'), attempt: readCookie(c, 'attempt') })
      clearCookie(c, 'session')
      if (trust) writeCookie(c, 'trust', trust)
      if (result.done) beginSession(c, deps, token, typed.email)
      else writeCookie(c, 'attempt', token)
      return c.json(result)
    })
    .get('/', async (c) => c.json(await viewSignIn(deps, attemptTokenOf(c))))
    .post('/remind-later', async (c) => {
      const { token, email } = await remindLater(deps, callerOf(c), attemptTokenOf(c))
      beginSession(c, deps, token, email)
      return c.json(done)
    })
    .delete('/', async (c) => {
      await signOut(deps, callerOf(c), { session: null, attempt: readCookie(c, 'attempt') })
      clearCookie(c, 'attempt')
      return c.body(null, 204)
    })
