import type { EnterResult } from '@countersign/contract'
import { record } from '../audit/record.ts'
import { after } from '../clock.ts'
import type { Db } from '../db/connect.ts'
import * as passes from '../db/stores/applications/passes.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { hashToken, newToken } from '../keys/tokens.ts'
import { proves } from '../people/proven.ts'
import type { Entry } from '../policy/may-enter.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { ofSession } from '../sign-in/session.ts'
import { type Asked, domainOf, readAddress } from './address.ts'
import { isLive, judge } from './check-entry.ts'

/** How this portal does forward authentication. */
export type ForwardAuth = {
  /** Parent domains whose hosts share a pass. */
  domains: readonly string[]
  /** The portal itself has no TLS, so neither need what it guards. */
  allowHttp: boolean
}

/** Where a ticket is shown, under each guarded host. */
export const ticketPath = '/.countersign/pass'

/** Whose door an address is. @throws Problem `not-found` for one that nobody registered */
export const dressOf = async (deps: Deps, forward: ForwardAuth, to: string) => {
  const asked = readAddress(to, forward.allowHttp)
  const dress = asked && (await passes.dressAt(deps.sql, asked.host))
  if (!dress) throw new Problem('not-found')
  return dress
}

/**
 * Lets the person of a session through to a guarded address: with a ticket for its host, which only the browser that
 * was sent here by that host can use. `browser` is the hash of what that browser keeps there.
 * @throws Problem `not-found`, `company-needed`, `step-up-required`, `needs-own-factor`
 */
export const enterApplication = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  forward: ForwardAuth,
  { to, browser }: { to: string; browser: string },
): Promise<EnterResult> => {
  const asked = readAddress(to, forward.allowHttp)
  const now = deps.clock.now()
  const row = asked && (await passes.findStanding(deps.sql, asked.host, { sessionId: session.id }, now))
  if (!asked || !row) throw new Problem('not-found')
  if (session.companyId === null) throw new Problem('company-needed')
  if (!isLive(row)) throw new Problem('not-signed-in')
  const memberships = await passes.membershipsOf(deps.sql, session.personId)
  const others = memberships.filter(({ companyId }) => companyId !== row.companyId)
  const entry = judge(row, now, session.companyName ?? '', others)
  if (entry.outcome === 'refuse') {
    await tell(deps.sql, now, caller, session, 'application.refused', entry)
    const { name, logo, colour } = await dressOf(deps, forward, to)
    return { outcome: 'refused', application: { name, logo, colour }, reason: entry.reason }
  }
  if (await asksForPassword(deps, session, entry)) return { outcome: 'sign-in-again' }
  return { outcome: 'go', location: await giveTicket(deps, caller, session, forward, asked, browser, entry) }
}

/** What stands between a session and a door that is not shut. True where only a new sign-in helps. */
const asksForPassword = async (deps: Deps, session: LiveSession, { outcome }: Entry): Promise<boolean> => {
  if (outcome === 'enter') return false
  if (await proves(deps, session)) throw new Problem('step-up-required')
  if (outcome === 'step-up') throw new Problem('needs-own-factor')
  return true
}

const giveTicket = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  forward: ForwardAuth,
  { host, url }: Asked,
  browser: string,
  entry: Entry,
): Promise<string> => {
  const now = deps.clock.now()
  const ticket = newToken()
  const { domain } = domainOf(host, forward.domains)
  await deps.sql.begin(async (tx) => {
    const given = await passes.addTicket(tx, {
      sessionId: session.id,
      host,
      domain,
      ticketHash: hashToken(ticket),
      browserHash: Buffer.from(browser, 'base64url'),
      now,
      expiresAt: after(now, parameters.ticket.life),
    })
    if (!given) throw new Problem('not-signed-in')
    await tell(tx, now, caller, session, 'application.entered', entry)
  })
  const there = new URL(ticketPath, url.origin)
  there.searchParams.set('ticket', ticket)
  there.searchParams.set('to', url.pathname + url.search)
  return there.href
}

const tell = (
  db: Db,
  now: Date,
  caller: Caller,
  session: LiveSession,
  event: 'application.entered' | 'application.refused',
  { reason }: Entry,
) =>
  record(db, now, caller, {
    event,
    outcome: event === 'application.entered' ? 'ok' : 'failed',
    ...ofSession(session),
    detail: { application: reason.application, rule: reason.rule },
  })
