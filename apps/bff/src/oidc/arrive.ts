import * as doors from '@countersign/core/db/stores/applications/oidc/doors'
import * as sessions from '@countersign/core/db/stores/sign-in/sessions'
import type { Deps } from '@countersign/core/deps'
import { hashToken, newToken } from '@countersign/core/keys/tokens'
import { Problem } from '@countersign/core/problem'
import { readSession } from '@countersign/core/sign-in/session'
import type { Context } from 'hono'
import { readCookie } from '../http/cookies.ts'
import { callerOf, type Env } from '../http/request.ts'
import { judge, type Visit } from './visit.ts'

type C = Context<Env>

const blank = (deps: Deps, c: C): Visit => ({
  caller: callerOf(c),
  door: null,
  session: null,
  record: null,
  shown: null,
  browser: readCookie(c, 'door') ?? newToken(),
  grantId: crypto.randomUUID(),
  now: deps.clock.now(),
})

/** The session of this browser; null without one. */
const sessionIn = async (deps: Deps, token: string | null) => {
  if (!token) return null
  return readSession(deps, token).catch((error) => {
    if (error instanceof Problem && error.code === 'not-signed-in') return null
    throw error
  })
}

const hashed = (token: string | null) => (token === null ? null : hashToken(token))

/** What one authorization gives is named anew each time. */
const visitOf = (deps: Deps, c: C, more: Partial<Visit>): Visit => ({ ...blank(deps, c), ...more })

/** Nobody in particular: discovery and keys. */
export const anybody = (deps: Deps, c: C): Visit => blank(deps, c)

/** A browser, sent here by an application. */
export const withRequest = async (deps: Deps, c: C, clientId: string): Promise<Visit> => {
  const token = readCookie(c, 'session')
  const [session, door] = await Promise.all([
    sessionIn(deps, token),
    doors.findDoor(deps.sql, clientId, hashed(token)),
  ])
  return visitOf(deps, c, { session, door })
}

/** A browser that comes back to what it was sent for. */
export const withInteraction = async (deps: Deps, c: C, uid: string): Promise<Visit> => {
  const token = readCookie(c, 'session')
  const visit = blank(deps, c)
  const browserHash = hashToken(visit.browser)
  const [session, found] = await Promise.all([
    sessionIn(deps, token),
    doors.findInteraction(deps.sql, {
      hash: hashToken(uid),
      browserHash,
      sessionTokenHash: hashed(token),
      now: visit.now,
    }),
  ])
  // An address that is registered no longer is no place to send anybody, whenever it was asked for.
  const { redirect_uri: back } = (found?.record?.payload.params ?? {}) as { redirect_uri?: string }
  const stands = found !== null && found.door.redirectUris.includes(back ?? '')
  return { ...visit, session, shown: uid, door: found?.door ?? null, record: stands ? found.record : null }
}

/** The session behind something an application shows, unless its person was put out of the application since. */
const behind = async (
  deps: Deps,
  c: C,
  shown: string,
  found: Awaited<ReturnType<typeof doors.findToken>>,
) => {
  const visit = visitOf(deps, c, { shown, ...found })
  const { record, door, now } = visit
  if (!record?.sessionId) return visit
  const session = await sessions.findLiveById(deps.sql, record.sessionId, now)
  const entry = judge({ door, session, record: null, now }, {})
  return {
    ...visit,
    session: entry?.outcome === 'refuse' ? null : session,
    grantId: record.grantId ?? visit.grantId,
  }
}

/** An application with a code. */
export const withCode = async (deps: Deps, c: C, clientId: string, code: string): Promise<Visit> => {
  const found = await doors.findCaller(deps.sql, clientId, hashToken(code), deps.clock.now())
  return behind(deps, c, code, found)
}

/** An application with an access token. */
export const withToken = async (deps: Deps, c: C, token: string): Promise<Visit> =>
  behind(deps, c, token, await doors.findToken(deps.sql, hashToken(token), deps.clock.now()))
