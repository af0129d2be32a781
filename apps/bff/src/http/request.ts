import { randomUUID } from 'node:crypto'
import type { LiveSession } from '@countersign/core/db/stores/sign-in/sessions'
import type { Caller, Deps } from '@countersign/core/deps'
import type { ActingSession, Actor } from '@countersign/core/people/acting'
import { Problem } from '@countersign/core/problem'
import { knownBrowser, newKnownBrowser } from '@countersign/core/sign-in/begin/known-browser'
import type { Bearer } from '@countersign/core/sign-in/context'
import { readSession } from '@countersign/core/sign-in/session'
import type { Verified } from '@countersign/core/sign-in/verified'
import type { Context } from 'hono'
import { clearCookie, readCookie, writeCookie } from './cookies.ts'

/** What middleware leaves for routes. */
export type Env = {
  Variables: {
    /** Once somebody asked for it; see `requestIdOf`. */
    requestId: string | undefined
    address: () => string
    /** Behind `requireRole` only: the session, in the company it acts in. */
    acting: ActingSession
    /** Behind `requireDirectory` only: the company whose directory calls. */
    directory: Actor
  }
}

/** One for each request, made when something is recorded or logged of it. */
export const requestIdOf = (c: Context<Env>): string => {
  const id = c.get('requestId') ?? randomUUID()
  c.set('requestId', id)
  return id
}

export const callerOf = (c: Context<Env>): Caller => ({
  address: c.get('address')(),
  userAgent: c.req.header('user-agent') ?? '',
  requestId: requestIdOf(c),
})

/** The cookie a challenge belongs to: of the sign-in under way, else of the session; a browser has one of them. @throws Problem `not-signed-in` */
export const bearerOf = (c: Context<Env>): Bearer => {
  const attempt = readCookie(c, 'attempt')
  if (attempt) return { kind: 'attempt', token: attempt }
  const session = readCookie(c, 'session')
  if (session) return { kind: 'session', token: session }
  throw new Problem('not-signed-in')
}

/** @throws Problem `not-signed-in` */
export const sessionOf = async (c: Context<Env>, deps: Deps): Promise<LiveSession> => {
  const token = readCookie(c, 'session')
  if (!token) throw new Problem('not-signed-in')
  return readSession(deps, token)
}

/** @throws Problem `attempt-over` */
export const attemptTokenOf = (c: Context<Env>): string => {
  const token = readCookie(c, 'attempt')
  if (!token) throw new Problem('attempt-over')
  return token
}

/**
 * A finished sign-in: the attempt's cookie goes, the session's comes, and the browser is marked as one this person
 * signs in from. The mark opens nothing; a password alone does not earn it where a second factor is due.
 */
export const beginSession = (c: Context<Env>, deps: Deps, token: string, email: string) => {
  clearCookie(c, 'attempt')
  writeCookie(c, 'session', token)
  if (!knownBrowser(deps, email, readCookie(c, 'known')))
    writeCookie(c, 'known', newKnownBrowser(deps, email))
}

/** Passes a verdict on, with the cookies it calls for. */
export const answerVerified = (c: Context<Env>, deps: Deps, verified: Verified) => {
  const { result, token, trust, finishedBy } = verified
  if (trust) writeCookie(c, 'trust', trust)
  if (token && finishedBy !== undefined) beginSession(c, deps, token, finishedBy)
  else if (token) writeCookie(c, result.outcome === 'step' ? 'attempt' : 'session', token)
  return c.json(result)
}
