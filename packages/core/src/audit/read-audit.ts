import type { AuditPage, AuditQuery, AuditRow } from '@countersign/contract'
import * as audit from '../db/stores/audit.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { describeBrowser } from '../mail/browser.ts'
import { actingIn } from '../people/acting.ts'

const pageSize = 50

const person = (id: string | null, name: string | null) => id && { id, name: name ?? 'Somebody else' }

export const viewAuditRow = (row: audit.AuditEventRow): AuditRow => ({
  seq: row.seq,
  at: row.at.toISOString(),
  event: row.event,
  outcome: row.outcome,
  actor: person(row.actorId, row.actorName) || null,
  subject: person(row.subjectId, row.subjectName) || null,
  factor: row.factor,
  address: row.address || null,
  browser: row.userAgent ? describeBrowser(row.userAgent) : null,
  detail: Object.fromEntries(Object.entries(row.detail).map(([key, value]) => [key, value ?? null])),
})

/** A page of the company's audit, newest first. @throws Problem `not-allowed` */
export const readAudit = async (deps: Deps, session: LiveSession, query: AuditQuery): Promise<AuditPage> => {
  const admin = actingIn(session, 'security_admin')
  const [rows, events] = await Promise.all([
    audit.page(deps.sql, admin.companyId, query, pageSize + 1),
    audit.kinds(deps.sql, admin.companyId),
  ])
  const shown = rows.slice(0, pageSize)
  return {
    rows: shown.map(viewAuditRow),
    next: rows.length > pageSize ? (shown.at(-1)?.seq ?? null) : null,
    events,
  }
}
