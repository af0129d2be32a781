import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Db } from '../../connect.ts'
import type { ScimAttributes } from '../../schema/scim.ts'
import type { MemberRow } from '../employees/read.ts'

/** A member as a directory sees them; without a user name they were added by hand. */
export type ScimRow = MemberRow & {
  userName: string | null
  externalId: string | null
  attributes: ScimAttributes | null
  deletedAt: Date | null
}

const dialect = new PgDialect()

/** Unprepared: filters make statements of any number of shapes. */
const run = <Row extends object>(db: Db, query: SQL) => {
  const built = dialect.sqlToQuery(query)
  return db.unsafe<Row[]>(built.sql, built.params as never[])
}

/** The name the company knows them by; the expression of the directory page. */
export const nameSql = sql`case when m.joined_at is null then coalesce(m.invited_name, p.name) else p.name end`

export const userNameSql = sql`coalesce(s.user_name, p.email)`

/** By the indexes on user name and address, however many people there are. */
export const byUserName = (value: string, companyId: string) => sql`m.id in (
  select membership_id from scim_members where company_id = ${companyId} and lower(user_name) = lower(${value})
  union all select o.id from persons q join memberships o on o.person_id = q.id
    where o.company_id = ${companyId} and lower(q.email) = lower(${value})
      and not exists (select 1 from scim_members t where t.membership_id = o.id))`

const columns = sql`m.id as membership_id, m.person_id, ${nameSql} as name, p.email, m.mobile_number, m.role,
  m.account_type, m.invited_at, m.joined_at, m.deactivated_at, m.last_sign_in_at, m.created_at, m.version,
  s.user_name, s.external_id, s.attributes, s.deleted_at`

const tables = sql`memberships m join persons p on p.id = m.person_id left join scim_members s on s.membership_id = m.id`

/** Employees only: client accounts are no directory's. Whom it deleted it sees again once they are let back in. */
const visible = (companyId: string) => sql`m.company_id = ${companyId} and m.account_type = 'employee'
  and (s.deleted_at is null or m.deactivated_at is null)`

/** A page in order of creation, and how many there are in all: two statements for any number of people. */
export const listUsers = async (
  db: Db,
  companyId: string,
  filter: SQL | null,
  page: { offset: number; limit: number },
): Promise<{ total: number; rows: ScimRow[] }> => {
  const where = filter ? sql`${visible(companyId)} and ${filter}` : visible(companyId)
  const [[counted], rows] = await Promise.all([
    run<{ count: number }>(db, sql`select count(*)::int as count from ${tables} where ${where}`),
    page.limit === 0
      ? []
      : run<ScimRow>(
          db,
          sql`select ${columns} from ${tables} where ${where} order by m.id limit ${page.limit} offset ${page.offset}`,
        ),
  ])
  return { total: counted?.count ?? 0, rows }
}

/** One of the company's by membership: an address may move to another person, a membership stays. */
export const findUser = async (db: Db, companyId: string, id: string): Promise<ScimRow | null> => {
  const [row] = await run<ScimRow>(
    db,
    sql`select ${columns} from ${tables} where ${visible(companyId)} and m.id = ${id}::uuid`,
  )
  return row ?? null
}

/** Anybody of the company behind a user name or an address, also those a directory does not see. */
export const findTaken = async (
  db: Db,
  companyId: string,
  userName: string,
  email: string,
): Promise<ScimRow[]> =>
  run<ScimRow>(
    db,
    sql`select ${columns} from ${tables} where m.company_id = ${companyId} and m.id in (
      select o.id from persons q join memberships o on o.person_id = q.id
        where o.company_id = ${companyId} and lower(q.email) in (lower(${email}), lower(${userName}))
      union select membership_id from scim_members
        where company_id = ${companyId} and lower(user_name) = lower(${userName}))
      and (lower(p.email) = lower(${email}) or lower(${userNameSql}) = lower(${userName}))`,
  )

export const save = async (
  db: Db,
  companyId: string,
  membershipId: string,
  to: { userName: string; externalId: string | null; attributes: ScimAttributes },
) => {
  await db`
    insert into scim_members (membership_id, company_id, user_name, external_id, attributes)
    values (${membershipId}, ${companyId}, ${to.userName}, ${to.externalId}, ${db.json(to.attributes)})
    on conflict (membership_id) do update set user_name = excluded.user_name, external_id = excluded.external_id,
      attributes = excluded.attributes, deleted_at = null`
}

/** What a directory deleted it sees no longer, while they are deactivated. */
export const markDeleted = async (db: Db, row: ScimRow, companyId: string, now: Date) => {
  await db`
    insert into scim_members (membership_id, company_id, user_name, deleted_at)
    values (${row.membershipId}, ${companyId}, ${row.userName ?? row.email}, ${now})
    on conflict (membership_id) do update set deleted_at = ${now}`
}

/** Counts an edit that touched nothing else of the membership, so that its version names the state. */
export const countEdit = async (db: Db, membershipId: string) => {
  await db`update memberships set version = version + 1 where id = ${membershipId}`
}
