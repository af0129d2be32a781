import type { ImportView } from '@countersign/contract'
import { days } from '../../clock.ts'
import * as imports from '../../db/stores/employees/imports.ts'
import type { Caller, Deps } from '../../deps.ts'
import type { ActingSession } from '../../people/acting.ts'
import { requireProven } from '../../people/proven.ts'
import { Problem } from '../../problem.ts'
import { readCsv } from '../csv/read-csv.ts'
import { toCsv } from '../csv/write-csv.ts'

type Found = NonNullable<Awaited<ReturnType<typeof imports.find>>>

const view = ({ startedAt, finishedAt, ...rest }: Found): ImportView => ({
  ...rest,
  startedAt: startedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
})

/**
 * Takes a CSV of people in; the queue lands its rows, so that it goes on when the page or the process ends.
 * @throws Problem `step-up-required`, `needs-own-factor`, `csv-unreadable`, `too-many`
 */
export const startImport = async (
  deps: Deps,
  caller: Caller,
  session: ActingSession,
  bytes: Uint8Array,
): Promise<ImportView> => {
  await requireProven(deps, session)
  const file = readCsv(bytes)
  const now = deps.clock.now()
  const { companyId, personId: actorId, id: sessionId } = session
  return deps.sql.begin(async (tx) => {
    await imports.forgetOld(tx, companyId, new Date(now.getTime() - days(7)))
    const id = await imports.create(tx, { companyId, actorId, sessionId, caller, now }, file)
    await imports.enqueue(tx, id, `import:${id}`)
    const found = await imports.find(tx, companyId, id)
    if (!found) throw new Error('An import that was just made is not there')
    return view(found)
  })
}

/** @throws Problem `not-found` */
export const readImport = async (deps: Deps, session: ActingSession, id: string): Promise<ImportView> => {
  const found = await imports.find(deps.sql, session.companyId, id)
  if (!found) throw new Problem('not-found')
  return view(found)
}

/** The last one of the company, for a page that was closed meanwhile; null when there was none. */
export const readLatestImport = async (deps: Deps, session: ActingSession): Promise<ImportView | null> => {
  const found = await imports.findLatest(deps.sql, session.companyId)
  return found && view(found)
}

/** The refused rows as they came, each with its sentence, to be put right and handed in again. @throws Problem `not-found` */
export const readImportErrors = async (deps: Deps, session: ActingSession, id: string): Promise<string> => {
  if (!(await imports.find(deps.sql, session.companyId, id))) throw new Problem('not-found')
  const rows = await imports.refusedRows(deps.sql, session.companyId, id)
  const header = rows[0]?.header ?? []
  const padded = rows.map(({ line, problem, cells }) => [
    line,
    problem,
    ...header.map((_, index) => cells[index] ?? ''),
  ])
  return toCsv([['Line', 'Problem', ...header], ...padded])
}
