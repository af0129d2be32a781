import type { Db } from '../../connect.ts'

export type CallerCheckRow = {
  id: string
  companyId: string
  companyName: string
  personId: string
  personName: string
  askedBy: string
  askedByName: string
  expiresAt: Date
  reportedAt: Date | null
}

const selected = (db: Db) => db`
  select k.id, k.company_id, c.name as company_name, k.person_id, p.name as person_name, k.asked_by, a.name as asked_by_name,
    k.expires_at, k.reported_at
  from caller_checks k join companies c on c.id = k.company_id join persons p on p.id = k.person_id
  join persons a on a.id = k.asked_by`

/** Begins a check; an older one of the same two people ends. */
export const add = async (
  db: Db,
  row: { companyId: string; personId: string; askedBy: string; now: Date; expiresAt: Date },
): Promise<string> => {
  await db`
    update caller_checks set expires_at = ${row.now}
    where person_id = ${row.personId} and company_id = ${row.companyId} and expires_at > ${row.now}`
  const [made] = await db<{ id: string }[]>`
    insert into caller_checks (company_id, person_id, asked_by, created_at, expires_at)
    values (${row.companyId}, ${row.personId}, ${row.askedBy}, ${row.now}, ${row.expiresAt}) returning id`
  return (made as { id: string }).id
}

/** The newest open one for an employee, in any of their companies. */
export const findFor = async (db: Db, personId: string, now: Date): Promise<CallerCheckRow | null> => {
  const [row] = await db<CallerCheckRow[]>`
    ${selected(db)} where k.person_id = ${personId} and k.expires_at > ${now} order by k.created_at desc limit 1`
  return row ?? null
}

/** One that this person takes part in, at either end. */
export const findOf = async (db: Db, id: string, personId: string): Promise<CallerCheckRow | null> => {
  const [row] = await db<CallerCheckRow[]>`
    ${selected(db)} where k.id = ${id} and ${personId} in (k.person_id, k.asked_by)`
  return row ?? null
}

/** "The words differ", from either end, once. */
export const report = async (db: Db, id: string, now: Date): Promise<boolean> => {
  const rows =
    await db`update caller_checks set reported_at = ${now} where id = ${id} and reported_at is null and expires_at > ${now} returning id`
  return rows.length === 1
}
