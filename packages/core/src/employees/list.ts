import {
  type EmployeeCounts,
  type EmployeeFilter,
  type EmployeePage,
  type EmployeeQuery,
  type EmployeeRow,
  pageSize,
} from '@countersign/contract'
import {
  type Cursor,
  countMembers,
  type DirectoryPage,
  type DirectoryScope,
  listMembers,
} from '../db/stores/employees/directory.ts'
import type { Deps } from '../deps.ts'
import type { ActingSession } from '../people/acting.ts'
import { Problem } from '../problem.ts'
import { recoveryFactors, viewMembers } from './view.ts'

export const scopeOf = (deps: Deps, session: ActingSession, filter: EmployeeFilter): DirectoryScope => ({
  companyId: session.companyId,
  filter,
  now: deps.clock.now(),
  recovery: recoveryFactors,
})

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const encode = ({ key, id }: Cursor): string => Buffer.from(JSON.stringify([key, id])).toString('base64url')

/** @throws Problem `bad-request` for anything but a cursor of ours */
const decode = (text: string): Cursor => {
  try {
    const [key, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof key === 'string' && !key.includes('\0') && typeof id === 'string' && uuid.test(id))
      return { key, id }
  } catch {
    // Said below: whatever it was, it is no cursor.
  }
  throw new Problem('bad-request')
}

/** A cursor of another order: PostgreSQL cannot read its key as this one's (SQLSTATE class 22). */
const refuseForeignCursor = (error: unknown): never => {
  const { code } = error as { code?: unknown }
  throw typeof code === 'string' && code.startsWith('22') ? new Problem('bad-request') : error
}

type Seen = EmployeeRow & { cursor: Cursor }

/**
 * Rows in key order, judged: SQL narrows to a status, `statusOf` decides, and what it drops is replaced from
 * further on. @returns up to `limit` rows
 */
export const walk = async (deps: Deps, scope: DirectoryScope, page: DirectoryPage): Promise<Seen[]> => {
  const seen: Seen[] = []
  let from = page.from
  while (seen.length < page.limit) {
    const wanted = page.limit - seen.length
    const members = await listMembers(deps.sql, scope, { ...page, from, limit: wanted })
    const viewed = await viewMembers(deps.sql, scope.companyId, members, scope.now)
    viewed.forEach(({ row }, index) => {
      const cursor = { key: members[index]?.sortKey ?? '', id: row.id }
      from = cursor
      if (!scope.filter.status || row.status.kind === scope.filter.status) seen.push({ ...row, cursor })
    })
    if (members.length < wanted) break
  }
  return seen
}

const bare = ({ cursor: _, ...row }: Seen): EmployeeRow => row

/** A page of Manage Employees, by keyset: as fast at the end as at the beginning, and stable under changes. */
export const listEmployees = async (
  deps: Deps,
  session: ActingSession,
  { sort = 'name', order = 'ascending', after, before, ...filter }: EmployeeQuery,
): Promise<EmployeePage> => {
  const scope = scopeOf(deps, session, filter)
  const back = before !== undefined
  const start = back ? decode(before) : after === undefined ? null : decode(after)
  const up = (order === 'ascending') !== back
  // One more than fits tells whether there is a further page.
  const rows = await walk(deps, scope, { sort, up, from: start, limit: pageSize + 1 }).catch(
    refuseForeignCursor,
  )
  const further = rows.length > pageSize
  const shown = rows.slice(0, pageSize)
  if (back) shown.reverse()
  const [first, last] = [shown.at(0), shown.at(-1)]
  return {
    employees: shown.map(bare),
    next: last && (back || further) ? encode(last.cursor) : null,
    previous: first && (back ? further : start !== null) ? encode(first.cursor) : null,
  }
}

export const countEmployees = (
  deps: Deps,
  session: ActingSession,
  filter: EmployeeFilter,
): Promise<EmployeeCounts> => countMembers(deps.sql, scopeOf(deps, session, filter))
