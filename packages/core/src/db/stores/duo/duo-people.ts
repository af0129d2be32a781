import type { Db } from '../../connect.ts'

type Person = { id: string; name: string; email: string }

/** Somebody of several companies: Duo never applies to them (security invariant 7). */
const elsewhere = (db: Db) => db`exists (
  select 1 from memberships o where o.person_id = m.person_id and o.company_id <> m.company_id
    and o.joined_at is not null and o.deactivated_at is null)`

const bound = (db: Db) => db`exists (
  select 1 from authenticators a where a.person_id = m.person_id and a.company_id = m.company_id
    and a.factor = 'duo' and a.added_at is not null and a.removed_at is null)`

const active = (db: Db, companyId: string) =>
  db`m.company_id = ${companyId} and m.joined_at is not null and m.deactivated_at is null`

/** Names shown of each group; the counts are whole. */
const shown = 25

const group = async (db: Db, where: ReturnType<Db>): Promise<{ count: number; first: Person[] }> => {
  const rows = await db<(Person & { count: number })[]>`
    select p.id, p.name, p.email, (count(*) over ())::int as count
    from memberships m join persons p on p.id = m.person_id where ${where}
    order by p.name, p.id limit ${shown}`
  return { count: rows[0]?.count ?? 0, first: rows.map(({ id, name, email }) => ({ id, name, email })) }
}

/** Members whom Duo would be asked about at their next sign-in. */
export const asked = (db: Db, companyId: string) =>
  group(db, db`${active(db, companyId)} and not ${elsewhere(db)}`)

export const exempt = (db: Db, companyId: string) =>
  group(db, db`${active(db, companyId)} and ${elsewhere(db)}`)

/** Members bound to the company's Duo: those whom a reset concerns. */
export const boundTo = (db: Db, companyId: string) =>
  group(db, db`m.company_id = ${companyId} and m.deactivated_at is null and ${bound(db)}`)

/** How many are bound, and how many will be at their next sign-in. */
export const countPeople = async (db: Db, companyId: string): Promise<{ bound: number; due: number }> => {
  const [row] = await db<{ bound: number; due: number }[]>`
    select count(*) filter (where ${bound(db)})::int as bound,
      count(*) filter (where not ${bound(db)} and not ${elsewhere(db)})::int as due
    from memberships m where ${active(db, companyId)}`
  return row ?? { bound: 0, due: 0 }
}
