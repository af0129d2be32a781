import type { SessionView } from '@countersign/contract'
import { record } from '../audit/record.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { hashToken } from '../keys/tokens.ts'
import { isFresh } from '../policy/freshness.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'

/** A live session by its cookie, kept from idling at most once a minute. @throws Problem `not-signed-in` */
export const readSession = async (deps: Deps, token: string): Promise<sessions.LiveSession> => {
  const now = deps.clock.now()
  const session = await sessions.findLive(deps.sql, hashToken(token), now)
  if (!session) throw new Problem('not-signed-in')
  if (now.getTime() - session.lastSeenAt.getTime() > parameters.session.touch) {
    // Nobody waits for this; if it is lost, the next request writes it.
    sessions
      .touch(deps.sql, session.id, now)
      .catch((error) => deps.log.warn({ error }, 'session not touched'))
  }
  return session
}

/** @throws Problem `step-up-required` unless a second factor was proven here within five minutes */
export const requireFresh = (deps: Pick<Deps, 'clock'>, session: sessions.LiveSession) => {
  if (!isFresh(session, deps.clock.now())) throw new Problem('step-up-required')
}

export const viewSession = (session: sessions.LiveSession): SessionView => ({
  person: { id: session.personId, name: session.name, email: session.email },
  company:
    session.companyId && session.companyName ? { id: session.companyId, name: session.companyName } : null,
  severalCompanies: session.severalCompanies,
  role: session.role,
  accountType: session.accountType,
  aal: session.aal,
  amr: session.amr,
  factorAt: session.factorAt?.toISOString() ?? null,
  expiresAt: session.expiresAt.toISOString(),
})

/** Ends the session and any sign-in under way in this browser; fine to repeat. */
export const signOut = async (
  deps: Deps,
  caller: Caller,
  tokens: { session: string | null; attempt: string | null },
) => {
  const now = deps.clock.now()
  if (tokens.attempt) await attempts.end(deps.sql, hashToken(tokens.attempt), now)
  const session = tokens.session ? await sessions.findLive(deps.sql, hashToken(tokens.session), now) : null
  if (!session) return
  await deps.sql.begin(async (tx) => {
    await sessions.end(tx, session.id, session.personId, now)
    await record(tx, now, caller, { event: 'sign-out', ...ofSession(session) })
  })
}

/** The columns every audit row of a signed-in person shares. */
export const ofSession = (session: sessions.LiveSession) => ({
  companyIds: sessions.chainsOf(session),
  actorId: session.personId,
  subjectId: session.personId,
  sessionId: session.id,
})
