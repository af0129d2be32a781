import { findStanding, type Standing } from '../db/stores/applications/passes.ts'
import { touch } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { hashToken } from '../keys/tokens.ts'
import { type Entry, type EntryMembership, type EntryPolicy, mayEnter } from '../policy/may-enter.ts'

export type Checked =
  | { outcome: 'unknown-host' }
  | { outcome: 'sign-in' }
  | { outcome: 'ask' | 'refuse' }
  | { outcome: 'enter'; person: Standing }

/** The rule of an application, read once for as long as it is written like this. */
const policies = new Map<string, EntryPolicy>()

const policyOf = (text: string): EntryPolicy => {
  let policy = policies.get(text)
  if (!policy) {
    const { disabledAt, ...rest } = JSON.parse(text)
    policy = { ...rest, disabledAt: disabledAt && new Date(disabledAt) } as EntryPolicy
    if (policies.size > 1000) policies.clear()
    policies.set(text, policy)
  }
  return policy
}

const moment = (text: string | null | undefined) => (text ? new Date(text) : null)

export const isLive = (row: Standing): boolean => row.live && row.oneFactor?.stands !== false

/** Judges a live standing by the rule of every application; `companyName` and `others` only serve its reasons. */
export const judge = (row: Standing, now: Date, companyName = '', others: EntryMembership[] = []): Entry => {
  const { companyId, accountType, role, oneFactor } = row
  return mayEnter({
    application: policyOf(row.policy),
    acting: { companyId, companyName, accountType, role },
    others,
    company: { requiredAt: moment(oneFactor?.requiredAt), requiredFrom: moment(oneFactor?.requiredFrom) },
    session: { aal: row.aal, provenAt: row.provenAt, remembered: oneFactor?.remembered === true },
    asked: { aal: 1, maxAge: null, anew: false },
    now,
  })
}

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
  const tokenHash = pass === null ? nothing : hashToken(pass)
  const row = await findStanding(deps.sql, host, { domain, tokenHash }, now)
  if (!row) return { outcome: 'unknown-host' }
  if (!isLive(row)) return { outcome: 'sign-in' }
  const { outcome } = judge(row, now)
  if (outcome === 'refuse') return { outcome }
  if (outcome !== 'enter') return { outcome: 'ask' }
  if (row.idling)
    touch(deps.sql, row.sessionId, now).catch((error) => deps.log.warn({ error }, 'session not touched'))
  return { outcome, person: row }
}
