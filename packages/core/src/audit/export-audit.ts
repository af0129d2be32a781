import type { AuditQuery, AuditRow } from '@countersign/contract'
import * as audit from '../db/stores/audit.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { toCsv } from '../employees/csv/write-csv.ts'
import { actingIn, byActor } from '../people/acting.ts'
import { requireProven } from '../people/proven.ts'
import { viewAuditRow } from './read-audit.ts'
import { record } from './record.ts'

/** Rows read and written at a time. */
const lot = 1000

const header = [
  'Number',
  'Time',
  'Event',
  'Outcome',
  'By',
  'About',
  'Factor',
  'Address',
  'Browser',
  'Details',
]

const cells = (row: AuditRow): (string | number)[] => [
  row.seq,
  row.at,
  row.event,
  row.outcome,
  row.actor?.name ?? '',
  row.subject?.name ?? '',
  row.factor ?? '',
  row.address ?? '',
  row.browser ?? '',
  JSON.stringify(row.detail),
]

/**
 * The audit under the page's filters, in pieces: as CSV that no spreadsheet takes for formulas, or as one JSON list.
 * @throws Problem `not-allowed`, `step-up-required`, `needs-own-factor`
 */
export const exportAudit = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  query: AuditQuery,
  format: 'csv' | 'json',
): Promise<AsyncGenerator<string>> => {
  const admin = actingIn(session, 'security_admin')
  await requireProven(deps, admin)
  await record(deps.sql, deps.clock.now(), caller, {
    event: 'audit.exported',
    ...byActor(admin),
    detail: { format },
  })
  return pieces(deps, admin.companyId, query, format)
}

async function* pieces(
  deps: Deps,
  companyId: string,
  query: AuditQuery,
  format: 'csv' | 'json',
): AsyncGenerator<string> {
  yield format === 'csv' ? toCsv([header]) : '[\n'
  let first = true
  let before = query.before
  for (;;) {
    const rows = await audit.page(deps.sql, companyId, before ? { ...query, before } : query, lot)
    const views = rows.map(viewAuditRow)
    if (views.length > 0)
      yield format === 'csv'
        ? toCsv(views.map(cells), false)
        : `${first ? '' : ',\n'}${views.map((row) => JSON.stringify(row)).join(',\n')}`
    first = false
    before = rows.at(-1)?.seq
    if (rows.length < lot) break
  }
  if (format === 'json') yield '\n]\n'
}
