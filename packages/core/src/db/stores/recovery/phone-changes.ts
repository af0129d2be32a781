import type { Db } from '../../connect.ts'

export type PhoneChangeRow = {
  id: string
  personId: string
  personName: string
  personEmail: string
  authenticatorId: string
  number: string
  createdAt: Date
  readyAt: Date
}

const waiting = (db: Db) => db`c.done_at is null and c.cancelled_at is null`

const selected = (db: Db) => db`
  select c.id, c.person_id, p.name as person_name, p.email as person_email, c.authenticator_id, c.number, c.created_at,
    c.ready_at
  from phone_changes c join persons p on p.id = c.person_id`

/** The one that waits for a person. */
export const findWaiting = async (db: Db, personId: string): Promise<PhoneChangeRow | null> => {
  const [row] = await db<PhoneChangeRow[]>`${selected(db)} where c.person_id = ${personId} and ${waiting(db)}`
  return row ?? null
}

/** Those of a company's members, the next to take effect first. */
export const listWaiting = (db: Db, companyId: string) => db<PhoneChangeRow[]>`
  ${selected(db)} join memberships m on m.person_id = c.person_id and m.company_id = ${companyId} and m.joined_at is not null
    and m.deactivated_at is null
  where ${waiting(db)} order by c.ready_at limit 100`

/** One of a company's members, by its id. */
export const findOfCompany = async (
  db: Db,
  companyId: string,
  id: string,
): Promise<PhoneChangeRow | null> => {
  const [row] = await db<PhoneChangeRow[]>`
    ${selected(db)} join memberships m on m.person_id = c.person_id and m.company_id = ${companyId} and m.joined_at is not null
    and m.deactivated_at is null
    where c.id = ${id} and ${waiting(db)}`
  return row ?? null
}

/** Those whose time has come; a row that another process works on is left to it. */
export const nextReady = async (db: Db, now: Date): Promise<PhoneChangeRow | null> => {
  const [row] = await db<PhoneChangeRow[]>`
    ${selected(db)} where ${waiting(db)} and c.ready_at <= ${now} order by c.ready_at limit 1 for update of c skip locked`
  return row ?? null
}

/** Begins to wait. False when one waits already. */
export const add = async (
  db: Db,
  row: { id: string; personId: string; authenticatorId: string; number: string; now: Date; readyAt: Date },
): Promise<boolean> => {
  const rows = await db`
    insert into phone_changes (id, person_id, authenticator_id, number, created_at, ready_at)
    values (${row.id}, ${row.personId}, ${row.authenticatorId}, ${row.number}, ${row.now}, ${row.readyAt})
    on conflict (person_id) where done_at is null and cancelled_at is null do nothing returning id`
  return rows.length === 1
}

/** Takes effect; of parallel calls one gets it. */
export const finish = async (db: Db, id: string, approvedBy: string | null, now: Date): Promise<boolean> => {
  const rows = await db`
    update phone_changes c set done_at = ${now}, approved_by = ${approvedBy}
    where c.id = ${id} and ${waiting(db)} and (c.ready_at <= ${now} or ${approvedBy}::uuid is not null) returning c.id`
  return rows.length === 1
}

/** Ends a waiting one, and the pending factor with it. @returns its row, or null when none waited */
export const cancelWaiting = async (
  db: Db,
  personId: string,
  by: string | null,
  now: Date,
  id: string | null = null,
): Promise<{ id: string; number: string } | null> => {
  const [row] = await db<{ id: string; number: string }[]>`
    with ended as (
      update phone_changes c set cancelled_at = ${now}, cancelled_by = ${by}
      where c.person_id = ${personId} and (${id}::uuid is null or c.id = ${id}) and ${waiting(db)} returning c.*
    ),
    dropped as (
      update authenticators a set removed_at = ${now}, credential = null, version = version + 1
      from ended where a.id = ended.authenticator_id and a.added_at is null
    )
    select id, number from ended`
  return row ?? null
}

/** The pending factor gets its credential, but is not usable yet. */
export const keepCredential = async (db: Db, id: string, credential: string, name: string) => {
  await db`
    update authenticators set credential = ${credential}, name = ${name}
    where id = ${id} and added_at is null and removed_at is null`
}

/** The pending factor becomes usable. */
export const activate = async (db: Db, id: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update authenticators set added_at = ${now}
    where id = ${id} and added_at is null and removed_at is null and credential is not null returning id`
  return rows.length === 1
}
