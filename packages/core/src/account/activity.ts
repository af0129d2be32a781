import type { ActivityRow } from '@countersign/contract'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { factors } from '../factors/registry.ts'
import { describeBrowser } from '../mail/browser.ts'

const labels = new Map<string | null, string>(factors.map(({ name, about }) => [name, about.label]))

type Row = Omit<ActivityRow, 'at' | 'browser' | 'factorLabel'> & { at: Date; userAgent: string | null }

/**
 * The newest security events of this account; each once, though several companies' chains may hold it. A right
 * password that led to a finished sign-in is part of that; one that led nowhere stands for itself.
 */
export const recentActivity = async (
  deps: Deps,
  session: sessions.LiveSession,
  limit = 20,
): Promise<ActivityRow[]> => {
  const rows = await deps.sql<Row[]>`
    select id, at, event, outcome, factor, address, user_agent, detail from audit_events e
    where subject_id = ${session.personId} and company_id = ${sessions.chainsOf(session)[0] ?? null}
      and not (event = 'sign-in.password' and outcome = 'ok' and exists (
        select 1 from audit_events f where f.subject_id = e.subject_id and f.at >= e.at
          and f.attempt_id = e.attempt_id and f.event = 'sign-in.finished'))
    order by at desc, seq desc limit ${limit}`
  return rows.map(({ userAgent, at, ...row }) => ({
    ...row,
    factorLabel: labels.get(row.factor) ?? null,
    at: at.toISOString(),
    browser: userAgent === null ? null : describeBrowser(userAgent),
  }))
}
