import type { FactorName } from '@countersign/contract'
import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'
import { applies } from '../duo/company-bound.ts'

export type AuthenticatorRow = {
  id: string
  personId: string
  /** Where a factor belongs to one company only. */
  companyId: string | null
  factor: FactorName
  name: string
  credential: string
  version: number
  addedAt: Date
  lastUsedAt: Date | null
  lockedAt: Date | null
}

const columns = (db: Db) =>
  db`id, person_id, company_id, factor, name, credential, version, added_at, last_used_at, locked_at`

/** What a person holds, last used first; pending, removed and lent ones, and those of a company that do not apply, are not held. */
export const listHeld = (db: Db, personId: string) => db<AuthenticatorRow[]>`
  select ${columns(db)} from authenticators a
  where person_id = ${personId} and added_at is not null and removed_at is null and expires_at is null and ${applies(db)}
  order by last_used_at desc nulls last, added_at desc`

/** One that a person may be asked for now: held, or lent and not over. */
export const findHeld = async (
  db: Db,
  personId: string,
  id: string,
  now: Date,
): Promise<AuthenticatorRow | null> => {
  const [row] = await db<AuthenticatorRow[]>`
    select ${columns(db)} from authenticators a
    where id = ${id} and person_id = ${personId} and added_at is not null and removed_at is null
      and (expires_at is null or expires_at > ${now}) and ${applies(db)}`
  return row ?? null
}

/** Begins a pending one; it protects nothing, and is dropped after a day when nobody proved it. */
export const addPending = async (
  db: Db,
  row: {
    id: string
    personId: string
    factor: FactorName
    name: string
    companyId?: string | null
    now: Date
  },
) => {
  await db`
    insert into authenticators (id, person_id, company_id, factor, name, created_at)
    values (${row.id}, ${row.personId}, ${row.companyId ?? null}, ${row.factor}, ${row.name}, ${row.now})`
}

/** A pending one becomes usable. False when it was removed or added meanwhile. */
export const confirm = async (
  db: Db,
  id: string,
  credential: string,
  name: string,
  now: Date,
): Promise<boolean> => {
  const rows = await db`
    update authenticators set credential = ${credential}, name = ${name}, added_at = ${now}, last_used_at = ${now},
      consecutive_failures = 0
    where id = ${id} and added_at is null and removed_at is null returning id`
  return rows.length === 1
}

export const rename = async (db: Db, personId: string, id: string, name: string): Promise<boolean> => {
  const rows = await db`
    update authenticators set name = ${name}
    where id = ${id} and person_id = ${personId} and added_at is not null and removed_at is null returning id`
  return rows.length === 1
}

/** Removes and wipes; the row stays for the audit. */
export const remove = async (db: Db, personId: string, id: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update authenticators set removed_at = ${now}, credential = null, version = version + 1
    where id = ${id} and person_id = ${personId} and removed_at is null returning id`
  return rows.length === 1
}

/**
 * After a wrong guess, which its claim has counted: at the cap the authenticator is locked until it is bound anew
 * (NIST SP 800-63B §3.2.2). @returns true when this guess locked it
 */
export const lockWhenSpent = async (db: Db, id: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update authenticators set locked_at = ${now}
    where id = ${id} and added_at is not null and removed_at is null and locked_at is null
      and consecutive_failures >= case when expires_at is null then ${parameters.guesses.consecutive}::int
        else ${parameters.passcode.tries}::int end
    returning id`
  return rows.length === 1
}

/** Locks one at once, whatever its failures say. */
export const lock = async (db: Db, id: string, now: Date) => {
  await db`update authenticators set locked_at = coalesce(locked_at, ${now}) where id = ${id}`
}
