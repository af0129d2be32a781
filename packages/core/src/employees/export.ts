import type { EmployeeFilter } from '@countersign/contract'
import { record } from '../audit/record.ts'
import type { Caller, Deps } from '../deps.ts'
import { type ActingSession, byActor } from '../people/acting.ts'
import { requireProven } from '../people/proven.ts'
import { exportCells, exportHeader, toCsv } from './csv/write-csv.ts'
import { scopeOf, walk } from './list.ts'

const batch = 1000

/**
 * The directory as CSV, in pieces of a thousand people, under the page's filters.
 * @throws Problem `step-up-required`, `needs-own-factor`
 */
export const exportEmployees = async (
  deps: Deps,
  caller: Caller,
  session: ActingSession,
  filter: EmployeeFilter,
): Promise<AsyncGenerator<string>> => {
  await requireProven(deps, session)
  const scope = scopeOf(deps, session, filter)
  await record(deps.sql, scope.now, caller, {
    event: 'employees.exported',
    ...byActor(session),
    detail: { status: filter.status ?? null, searched: Boolean(filter.search) },
  })
  return pieces(deps, scope)
}

async function* pieces(deps: Deps, scope: ReturnType<typeof scopeOf>): AsyncGenerator<string> {
  yield toCsv([exportHeader])
  let from: { key: string; id: string } | null = null
  for (;;) {
    const rows: Awaited<ReturnType<typeof walk>> = await walk(deps, scope, {
      sort: 'name',
      up: true,
      from,
      limit: batch,
    })
    if (rows.length > 0) yield toCsv(rows.map(exportCells), false)
    from = rows.at(-1)?.cursor ?? null
    if (rows.length < batch) return
  }
}
