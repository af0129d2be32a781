import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'

export type LivePasscode = {
  id: string
  createdAt: Date
  expiresAt: Date
  /** The password was reset through the same mailbox after it was sent: one channel, not two. */
  held: boolean
}

const alive = (db: Db, now: Date) => db`
  a.factor = 'passcode' and a.added_at is not null and a.removed_at is null and a.locked_at is null and a.expires_at > ${now}`

/** The passcode a person could use now. Client accounts never have one, also if they were something else before. */
export const findLive = async (db: Db, personId: string, now: Date): Promise<LivePasscode | null> => {
  const heldFrom = new Date(now.getTime() - parameters.passcode.resetHold)
  const [row] = await db<LivePasscode[]>`
    select a.id, a.created_at, a.expires_at,
      coalesce(p.password_reset_at > a.created_at and p.password_reset_at > ${heldFrom}, false) as held
    from authenticators a join persons p on p.id = a.person_id
    where a.person_id = ${personId} and ${alive(db, now)} and not exists (
      select 1 from memberships m where m.person_id = a.person_id and m.account_type = 'client'
        and m.joined_at is not null and m.deactivated_at is null)
    order by a.created_at desc limit 1`
  return row ?? null
}

export const add = async (
  db: Db,
  row: {
    id: string
    personId: string
    companyId: string
    name: string
    credential: string
    now: Date
    expiresAt: Date
  },
) => {
  await db`
    insert into authenticators (id, person_id, company_id, factor, name, credential, created_at, added_at, expires_at)
    values (${row.id}, ${row.personId}, ${row.companyId}, 'passcode', ${row.name}, ${row.credential}, ${row.now}, ${row.now},
      ${row.expiresAt})`
}

/** The newest only: older ones die, and mails of them that did not leave yet are not sent any more. */
export const replaceAll = async (db: Db, personId: string, now: Date) => {
  await db`
    with dead as (
      update authenticators set removed_at = ${now}, credential = null, version = version + 1
      where person_id = ${personId} and factor = 'passcode' and removed_at is null returning id
    )
    update mails set failed_at = ${now}, params = null from dead
    where mails.key = 'passcode:' || dead.id and mails.sent_at is null`
}

/** Spends one; of parallel uses one gets it, and none at or after its expiry. */
export const spend = async (
  db: Db,
  one: { authenticatorId: string; version: number },
  now: Date,
): Promise<boolean> => {
  const rows = await db`
    update authenticators a set removed_at = ${now}, last_used_at = ${now}, credential = null, version = version + 1
    where a.id = ${one.authenticatorId} and a.version = ${one.version} and ${alive(db, now)} and not exists (
      select 1 from memberships m where m.person_id = a.person_id and m.account_type = 'client'
        and m.joined_at is not null and m.deactivated_at is null)
    returning a.id`
  return rows.length === 1
}

export type PasscodeStatus = {
  id: string
  personId: string
  email: string
  expiresAt: Date
  removedAt: Date | null
  lastUsedAt: Date | null
  lockedAt: Date | null
  sentAt: Date | null
}

const status = (db: Db) => db`
  select a.id, a.person_id, a.expires_at, a.removed_at, a.last_used_at, a.locked_at, l.recipient as email, l.sent_at
  from authenticators a join mails l on l.key = 'passcode:' || a.id`

/** A passcode of this company with the fate of its mail. */
export const findStatus = async (db: Db, companyId: string, id: string): Promise<PasscodeStatus | null> => {
  const [row] = await db<PasscodeStatus[]>`
    ${status(db)} where a.id = ${id} and a.company_id = ${companyId} and a.factor = 'passcode'`
  return row ?? null
}

/** The newest of a person in this company, while it lives. */
export const newestStatus = async (
  db: Db,
  companyId: string,
  personId: string,
  now: Date,
): Promise<PasscodeStatus | null> => {
  const [row] = await db<PasscodeStatus[]>`
    ${status(db)} where a.person_id = ${personId} and a.company_id = ${companyId} and ${alive(db, now)}
    order by a.created_at desc limit 1`
  return row ?? null
}
