import type { ActivityRow } from '@countersign/contract'
import type { LiveSession } from '../db/stores/sessions.ts'
import type { Deps } from '../deps.ts'
import { describeBrowser } from '../mail/browser.ts'

type Row = Omit<ActivityRow, 'at' | 'browser'> & { at: Date; userAgent: string | null }

/** The newest security events of this account; each once, though several companies' chains may hold it. */
export const recentActivity = async (
  deps: Deps,
  session: LiveSession,
  limit = 20,
): Promise<ActivityRow[]> => {
  const rows = await deps.sql<Row[]>`
    select id, at, event, outcome, factor, address, user_agent, detail from audit_events
    where subject_id = ${session.personId} and company_id = ${session.companyId ?? session.companyIds[0] ?? null}
    order by at desc, seq desc limit ${limit}`
  return rows.map(({ userAgent, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    browser: userAgent === null ? null : describeBrowser(userAgent),
  }))
}
