import { after } from '../clock.ts'
import { findStanding, type Standing } from '../db/stores/passes.ts'
import { touch } from '../db/stores/sessions.ts'
import type { Deps } from '../deps.ts'
import { hashToken } from '../keys/tokens.ts'
import { type Entry, type EntryMembership, mayEnter } from '../policy/may-enter.ts'
import { parameters } from '../policy/parameters.ts'

export type Checked =
  | { outcome: 'unknown-host' }
  | { outcome: 'sign-in' }
  | { outcome: 'ask' | 'refuse' }
  | { outcome: 'enter'; person: Standing }

const actingIn = (row: Standing): EntryMembership | null => {
  const { companyId, companyName, accountType, role } = row
  if (companyId === null || companyName === null || accountType === null || role === null) return null
  return { companyId, companyName, accountType, role }
}

/** Judges a live standing by the rule of every application. */
export const judge = (row: Standing, others: EntryMembership[], now: Date): Entry =>
  mayEnter({
    application: row,
    acting: actingIn(row),
    others,
    company: row.companyId === null ? null : row,
    session: { aal: row.aal, provenAt: row.provenAt, remembered: row.remembered },
    asked: { aal: 1, maxAge: null, anew: false },
    now,
  })

/** No pass has this hash: 32 zeros are nobody's SHA-256. */
const nothing = Buffer.alloc(32)

/**
 * Whether somebody who shows this pass at this host enters, now: one statement each time, so that what ends a
 * session, a membership or an application ends it here with the next request. Using an application keeps the session
 * from idling, as using the portal does.
 */
export const checkEntry = async (
  deps: Deps,
  { host, domain, pass }: { host: string; domain: string; pass: string | null },
): Promise<Checked> => {
  const now = deps.clock.now()
  const touchedSince = after(now, -parameters.session.touch)
  const tokenHash = pass === null ? nothing : hashToken(pass)
  const row = await findStanding(deps.sql, host, { domain, tokenHash }, { now, touchedSince })
  if (!row) return { outcome: 'unknown-host' }
  if (!row.live) return { outcome: 'sign-in' }
  const { outcome } = judge(row, [], now)
  if (outcome === 'refuse') return { outcome }
  if (outcome !== 'enter') return { outcome: 'ask' }
  if (row.idling)
    touch(deps.sql, row.sessionId, now).catch((error) => deps.log.warn({ error }, 'session not touched'))
  return { outcome, person: row }
}
