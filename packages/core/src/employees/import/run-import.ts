import { problems } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import { minutes } from '../../clock.ts'
import type { Db } from '../../db/connect.ts'
import * as imports from '../../db/stores/employees/imports.ts'
import type { Caller, Deps } from '../../deps.ts'
import { parseNumber, unsuitableKind } from '../../factors/phone/number.ts'
import { isAtLeast } from '../../people/acting.ts'
import { Problem } from '../../problem.ts'
import { requireMayGrant } from '../authority.ts'
import { readRow } from '../csv/read-row.ts'
import { addInvited, type Inviter } from '../invite/invite.ts'

/** Rows of one transaction: a crash repeats at most these, and other admins wait at most for these. */
const batch = 20

/**
 * The queue's task: lands what is left of an import. Each row is added and ticked off in one transaction, so a
 * process that dies leaves no doubles and nothing half done; running it again goes on from there.
 */
export const runImport = async (deps: Deps, id: string): Promise<void> => {
  const open = await imports.findOpen(deps.sql, id)
  if (!open) return
  while ((await deps.sql.begin((tx) => landBatch(tx, deps, id))) > 0);
  await deps.sql.begin((tx) => finish(tx, deps, open))
}

/** Whoever began it may do less by now, so that is read with each batch. */
const landBatch = async (db: Db, deps: Deps, id: string): Promise<number> => {
  const open = await imports.findOpen(db, id)
  if (!open) return 0
  const rows = await imports.claim(db, open.id, batch)
  for (const row of rows)
    await imports.settle(db, open.id, row.line, await land(db, deps, open, row), deps.clock.now())
  return rows.length
}

/** @returns null when the row landed, else the sentence for the file of errors */
const land = async (
  db: Db,
  deps: Deps,
  open: imports.OpenImport,
  row: imports.ImportRow,
): Promise<string | null> => {
  const { role } = open
  if (!role || !isAtLeast(role, 'admin')) return 'Whoever began this import is no admin any more.'
  const read = readRow(row.values)
  if (!read.ok) return read.why
  if (read.e164 && unsuitableKind(parseNumber(read.e164)?.type))
    return 'Mobile number: this kind cannot receive codes.'
  const inviter: Inviter = {
    id: open.sessionId,
    personId: open.actorId,
    companyId: open.companyId,
    companyName: open.companyName,
    name: open.actorName,
  }
  try {
    requireMayGrant({ role }, read.invite.role, read.invite.accountType)
    const number = read.e164 ? { e164: read.e164, lineType: null } : null
    await addInvited(db, deps, callerOf(open), inviter, { ...read.invite, number })
    return null
  } catch (error) {
    // Refusals come before anything of the row is written; a fault of ours takes the whole batch back.
    if (error instanceof Problem) return problems[error.code][1]
    throw error
  }
}

const callerOf = ({ address, userAgent, requestId }: imports.OpenImport): Caller => ({
  address,
  userAgent,
  requestId,
})

const finish = async (db: Db, deps: Deps, open: imports.OpenImport) => {
  const now = deps.clock.now()
  if (!(await imports.finish(db, open.id, now))) return
  const found = await imports.find(db, open.companyId, open.id)
  await record(db, now, callerOf(open), {
    event: 'employees.imported',
    companyIds: [open.companyId],
    actorId: open.actorId,
    sessionId: open.sessionId,
    detail: { total: open.total, landed: found?.landed ?? 0, refused: found?.refused ?? 0 },
  })
}

/** What a process that died had begun goes on. A second runner would do no harm: it takes other rows. */
export const resumeImports = async (deps: Deps): Promise<void> => {
  const now = deps.clock.now()
  for (const { id } of await imports.standingStill(deps.sql, new Date(now.getTime() - minutes(1))))
    await imports.enqueue(deps.sql, id, `import:${id}:${now.getTime()}`)
}
