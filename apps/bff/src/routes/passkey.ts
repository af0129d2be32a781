import { passkeySignInSchema } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { answerAlone, askAlone } from '@countersign/core/sign-in/begin/start-alone'
import { signOut } from '@countersign/core/sign-in/session'
import { Hono } from 'hono'
import { clearCookie, readCookie, writeCookie } from '../http/cookies.ts'
import { beginSession, callerOf, type Env } from '../http/request.ts'
import { json } from '../http/validate.ts'

/** A passkey as the whole sign-in. Asking writes nothing but a sealed cookie, since every visit of the page asks. */
export const passkeyRoutes = (deps: Deps) =>
  new Hono<Env>()
    .post('/options', async (c) => {
      const { prompt, question } = await askAlone(deps)
      writeCookie(c, 'asked', question)
      return c.json(prompt)
    })
    .post('/', json(passkeySignInSchema), async (c) => {
      const caller = callerOf(c)
      const { credential } = c.req.valid('json')
      const old = { session: readCookie(c, 'session'), attempt: readCookie(c, 'attempt') }
      const asked = readCookie(c, 'asked')
      clearCookie(c, 'asked')
      const { result, token, trust, email } = await answerAlone(deps, caller, asked, { credential })
      await signOut(deps, caller, old)
      clearCookie(c, 'session')
      if (trust) writeCookie(c, 'trust', trust)
      if (result.done) beginSession(c, deps, token, email)
      else writeCookie(c, 'attempt', token)
      return c.json(result)
    })
