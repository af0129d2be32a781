import { type SQL, sql } from 'drizzle-orm'
import { parameters } from '../../../policy/parameters.ts'
import { authenticators, companies, memberships } from '../../schema/index.ts'

const factor = (recovery: string[], more: SQL) => sql`exists (
  select 1 from ${authenticators} a where a.person_id = memberships.person_id and a.added_at is not null and a.removed_at is null
    and a.factor <> all(${sql.param(recovery)}::text[]) ${more})`

/** Memberships that decide for this one: the active ones of the person, or the invitation alone. */
const decisive = (what: SQL) => sql`(
  select ${what} from ${memberships} x join ${companies} c on c.id = x.company_id
  where x.person_id = memberships.person_id and (x.id = memberships.id
    or (memberships.joined_at is not null and x.joined_at is not null and x.deactivated_at is null)))`

/**
 * The status of a membership in SQL, to narrow and to count. `statusOf` is the judge: a property test holds the
 * two equal, and every row that is shown goes through the function.
 */
export const statusSql = (now: Date, recovery: string[]): SQL<string> => {
  const at = sql`${now.toISOString()}::timestamptz`
  const overdue = sql`${at} - ${`${parameters.overdue.after} milliseconds`}::interval`
  const inForce = sql`(c.required_at is not null or c.required_from <= ${at})`
  const since = sql`min(greatest(coalesce(c.required_at, c.required_from), x.created_at)) filter (where ${inForce})`
  const demanded =
    decisive(sql`case when ${since} <= ${overdue} then 'overdue' when ${since} is not null then 'pending'
    when bool_or(c.required_from is not null) then 'pending' else 'not-enrolled' end`)
  return sql<string>`case when memberships.deactivated_at is not null then 'deactivated'
    when memberships.joined_at is not null and ${factor(recovery, sql`and a.locked_at is null`)} then 'secured'
    when memberships.joined_at is not null and ${factor(recovery, sql``)} then 'locked-out'
    else ${demanded} end`
}
