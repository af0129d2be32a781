import type { SessionRow } from '@countersign/contract'
import { record } from '../audit/record.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { describeBrowser } from '../mail/browser.ts'
import { Problem } from '../problem.ts'
import { ofSession } from '../sign-in/session.ts'

export const listSessions = async (deps: Deps, session: sessions.LiveSession): Promise<SessionRow[]> => {
  const rows = await sessions.listLive(deps.sql, session.personId, deps.clock.now())
  return rows.map((row) => ({
    id: row.id,
    current: row.id === session.id,
    browser: describeBrowser(row.userAgent),
    address: row.address,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    aal: row.aal,
    amr: row.amr,
  }))
}

/** Signs one of the person's own sessions out. @throws Problem `not-found` */
export const revokeSession = (deps: Deps, caller: Caller, session: sessions.LiveSession, id: string) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    if (!(await sessions.end(tx, id, session.personId, now))) throw new Problem('not-found')
    await record(tx, now, caller, { event: 'session.revoked', ...ofSession(session), detail: { count: 1 } })
  })

/** Signs the person out everywhere but here. @returns how many sessions ended */
export const revokeOtherSessions = (
  deps: Deps,
  caller: Caller,
  session: sessions.LiveSession,
): Promise<number> =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    await attempts.endAll(tx, session.personId, now)
    const count = await sessions.endAll(tx, session.personId, now, session.id)
    await record(tx, now, caller, { event: 'session.revoked', ...ofSession(session), detail: { count } })
    return count
  })
