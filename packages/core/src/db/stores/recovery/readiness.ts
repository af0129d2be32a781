import type { ReadinessView } from '@countersign/contract'
import type { Db } from '../../connect.ts'

/**
 * Counts, of the people of a company, who holds a usable second factor and who beside it another way back in.
 * Recovery codes that are used up are not told apart here: the credential is sealed; a set of them counts.
 */
export const ofCompany = async (db: Db, companyId: string): Promise<ReadinessView> => {
  const [row] = await db<ReadinessView[]>`
    with member as (
      select p.id, p.name from memberships m join persons p on p.id = m.person_id
      where m.company_id = ${companyId} and m.joined_at is not null and m.deactivated_at is null
    ),
    held as (
      select m.id, m.name,
        count(a.id) filter (where a.factor <> 'recovery-codes') as factors,
        count(a.id) filter (where a.factor = 'recovery-codes') as codes
      from member m left join authenticators a on a.person_id = m.id and a.added_at is not null and a.removed_at is null
        and a.locked_at is null and a.expires_at is null
      group by m.id, m.name
    )
    select count(*)::int as people,
      count(*) filter (where factors > 0)::int as secured,
      count(*) filter (where factors > 1 or (factors > 0 and codes > 0))::int as ready,
      coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name)) from (
        select id, name from held where factors = 1 and codes = 0 order by name limit 20) s), '[]') as stuck
    from held`
  return row ?? { people: 0, secured: 0, ready: 0, stuck: [] }
}
