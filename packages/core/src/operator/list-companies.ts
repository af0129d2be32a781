import type { Db } from '../db/connect.ts'
import { holdsFactor } from '../db/stores/factors/second-factors.ts'

export type CompanyLine = {
  id: string
  name: string
  people: number
  secured: number
  requiredAt: Date | null
  /** Security Admins who can act: joined, not put out, with a factor that works. */
  usableAdmins: number
}

export const listCompanies = (db: Db) => db<CompanyLine[]>`
  select c.id, c.name, c.required_at,
    count(m.id) filter (where m.deactivated_at is null)::int as people,
    count(m.id) filter (where m.deactivated_at is null and ${holdsFactor(db, db`m.person_id`)})::int as secured,
    count(m.id) filter (where m.role = 'security_admin' and m.joined_at is not null and m.deactivated_at is null
      and ${holdsFactor(db, db`m.person_id`)})::int as usable_admins
  from companies c left join memberships m on m.company_id = c.id
  group by c.id order by c.name`
