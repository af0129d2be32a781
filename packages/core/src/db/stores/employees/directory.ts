import { type EmployeeCounts, type EmployeeFilter, roles, type Sort, statuses } from '@countersign/contract'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { QueryBuilder } from 'drizzle-orm/pg-core'
import type { Db } from '../../connect.ts'
import { memberships as m, persons as p } from '../../schema/index.ts'
import type { MemberRow } from './read.ts'
import { statusSql } from './status-sql.ts'

const build = new QueryBuilder({ casing: 'snake_case' })

/** Builds with Drizzle, runs on our connection, unprepared: a plan for "a" would be wrong for "aaronson". */
const run = <Row extends object>(db: Db, query: { toSQL: () => { sql: string; params: unknown[] } }) => {
  const built = query.toSQL()
  return db.unsafe<Row[]>(built.sql, built.params as never[])
}

export type DirectoryScope = {
  companyId: string
  filter: EmployeeFilter
  now: Date
  /** Names of factors that do not count as a second one. */
  recovery: string[]
}

/** Where a page begins: the key and the person of the row before it. */
export type Cursor = { key: string; id: string }

export type DirectoryPage = {
  sort: Sort
  /** True: towards larger keys. */
  up: boolean
  from: Cursor | null
  limit: number
}

const likeOf = (word: string) =>
  sql`'%' || replace(replace(replace(folded(${word}), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`

/** Each word has to be found in name, address or number; a number is looked for by its digits. */
const found = (search: string | undefined): SQL[] => {
  const text = search?.trim() ?? ''
  const words = /^[+\d][\d\s().-]*$/.test(text) ? [text.replace(/\D/g, '')] : text.split(/\s+/).slice(0, 6)
  return words.filter(Boolean).map((word) => sql`${m.search} like ${likeOf(word)}`)
}

const within = ({ companyId, filter, now, recovery }: DirectoryScope): SQL | undefined =>
  and(
    eq(m.companyId, companyId),
    ...found(filter.search),
    filter.role && eq(m.role, filter.role),
    filter.type && eq(m.accountType, filter.type),
    filter.status && sql`${statusSql(now, recovery)} = ${filter.status}`,
  )

const position = (values: readonly string[], key: SQL) =>
  sql`array_position(${sql.param([...values])}::text[], ${key})`

const keys = (scope: DirectoryScope): Record<Sort, { key: SQL; type: SQL }> => ({
  name: { key: sql`${m.sortName}`, type: sql`text` },
  email: { key: sql`${m.sortEmail}`, type: sql`text` },
  role: { key: position(roles, sql`${m.role}`), type: sql`int` },
  status: {
    key: position(statuses, statusSql(scope.now, scope.recovery)),
    type: sql`int`,
  },
  lastSignIn: { key: sql`coalesce(${m.lastSignInAt}, 'epoch'::timestamptz)`, type: sql`timestamptz` },
})

const columns = {
  membershipId: sql`memberships.id`.as('membership_id'),
  personId: m.personId,
  name: sql`case when ${m.joinedAt} is null then coalesce(${m.invitedName}, ${p.name}) else ${p.name} end`.as(
    'name',
  ),
  email: p.email,
  mobileNumber: m.mobileNumber,
  role: m.role,
  accountType: m.accountType,
  invitedAt: m.invitedAt,
  joinedAt: m.joinedAt,
  deactivatedAt: m.deactivatedAt,
  lastSignInAt: m.lastSignInAt,
  createdAt: sql`memberships.created_at`.as('created_at'),
  version: m.version,
}

/**
 * A run of the directory in key order, each row with the key that the next run can begin after. Who is on the page
 * is found first, by name and address from the index alone (it covers what is searched), so that a word that
 * thousands bear costs no visit to each of them; then the page's rows are read.
 */
export const listMembers = (db: Db, scope: DirectoryScope, page: DirectoryPage) => {
  const { key, type } = keys(scope)[page.sort]
  const beyond =
    page.from &&
    sql`(${key}, ${m.personId}) ${page.up ? sql`>` : sql`<`} (${page.from.key}::text::${type}, ${page.from.id}::uuid)`
  const order = page.up ? asc : desc
  const onPage = build.$with('on_page').as(
    build
      .select({ personId: m.personId, key: sql`${key}`.as('key') })
      .from(m)
      .where(and(within(scope), beyond ?? undefined))
      .orderBy(order(key), order(m.personId))
      .limit(page.limit),
  )
  return run<MemberRow & { sortKey: string }>(
    db,
    build
      .with(onPage)
      .select({ ...columns, sortKey: sql`(${onPage.key})::text`.as('sort_key') })
      .from(onPage)
      .innerJoin(m, and(eq(m.companyId, scope.companyId), eq(m.personId, onPage.personId)))
      .innerJoin(p, eq(p.id, m.personId))
      .orderBy(order(onPage.key), order(onPage.personId)),
  )
}

/** How many there are of each status, under the other filters. */
export const countMembers = async (db: Db, scope: DirectoryScope): Promise<EmployeeCounts> => {
  const status = statusSql(scope.now, scope.recovery).as('status')
  const { status: _, ...filter } = scope.filter
  const rows = await run<{ status: Exclude<keyof EmployeeCounts, 'all'>; count: number }>(
    db,
    build
      .select({ status, count: sql`count(*)::int`.as('count') })
      .from(m)
      .where(within({ ...scope, filter }))
      .groupBy(sql`1`),
  )
  const counts = { all: 0, ...Object.fromEntries(statuses.map((kind) => [kind, 0])) } as EmployeeCounts
  for (const { status: kind, count } of rows) {
    counts[kind] = count
    counts.all += count
  }
  return counts
}
