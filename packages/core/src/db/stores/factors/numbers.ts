import type { LineType } from '../../../gateways/texts.ts'
import type { Db } from '../../connect.ts'
import { isSecondFactor } from './second-factors.ts'

export type OnFileRow = {
  membershipId: string
  personId: string
  name: string
  accountType: 'employee' | 'client'
  mobileNumber: string | null
  lineType: LineType | null
  /** Holds a second factor that works. */
  secured: boolean
}

/** Everybody of a company with the number on file, in order of name. */
export const onFile = (db: Db, companyId: string) => db<OnFileRow[]>`
  select m.id as membership_id, m.person_id, p.name, m.account_type, m.mobile_number, m.line_type,
    exists (select 1 from authenticators a where a.person_id = m.person_id and ${isSecondFactor(db)}) as secured
  from memberships m join persons p on p.id = m.person_id
  where m.company_id = ${companyId} and m.deactivated_at is null
  order by p.name, p.id`

/** Keeps what the provider said of a number, unless the number was changed meanwhile. */
export const putLineType = async (db: Db, membershipId: string, number: string, lineType: LineType) => {
  await db`update memberships set line_type = ${lineType} where id = ${membershipId} and mobile_number = ${number}`
}

export type NumberFactor = {
  id: string
  membershipId: string
  personId: string
  number: string
  name: string
  credential: string
}

/**
 * Makes numbers on file factors, of members who still hold none and whose number is still the same. Whoever was only
 * invited agreed to nothing, least of all to a number that somebody wrote beside their address; and for somebody of
 * several companies one does not say for the others whose phone it is.
 * @returns how many
 */
export const addPhones = async (db: Db, rows: NumberFactor[], now: Date): Promise<number> => {
  const column = <K extends keyof NumberFactor>(key: K) => rows.map((row) => row[key])
  const added = await db`
    insert into authenticators (id, person_id, factor, name, credential, created_at, added_at)
    select r.id, r.person_id, 'phone', r.name, r.credential, ${now}, ${now}
    from unnest(${column('id')}::uuid[], ${column('membershipId')}::uuid[], ${column('personId')}::uuid[],
      ${column('number')}::text[], ${column('name')}::text[], ${column('credential')}::text[])
      as r (id, membership_id, person_id, number, name, credential)
    join memberships m on m.id = r.membership_id and m.mobile_number = r.number
      and m.joined_at is not null and m.deactivated_at is null
    where not exists (select 1 from authenticators a where a.person_id = r.person_id and ${isSecondFactor(db)})
      and not exists (select 1 from memberships o where o.person_id = r.person_id and o.joined_at is not null
        and o.deactivated_at is null and o.mobile_number is distinct from r.number)
    returning id`
  return added.length
}
