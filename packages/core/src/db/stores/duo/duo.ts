import type { Db } from '../../connect.ts'

export type DuoRow = {
  id: string
  companyId: string
  integrationKey: string
  secret: string
  apiHost: string
  testedAt: Date
  setUpAt: Date
  setUpByName: string | null
}

/** The company's connection in use, or none. */
export const findInUse = async (db: Db, companyId: string): Promise<DuoRow | null> => {
  const [row] = await db<DuoRow[]>`
    select d.id, d.company_id, d.integration_key, d.secret, d.api_host, d.tested_at, d.set_up_at, p.name as set_up_by_name
    from duo_settings d left join persons p on p.id = d.set_up_by
    where d.company_id = ${companyId} and d.reset_at is null`
  return row ?? null
}

export const insert = async (
  db: Db,
  row: Pick<DuoRow, 'id' | 'companyId' | 'integrationKey' | 'secret' | 'apiHost' | 'testedAt'> & {
    by: string
    now: Date
  },
): Promise<boolean> => {
  const rows = await db`
    insert into duo_settings (id, company_id, integration_key, secret, api_host, tested_at, set_up_at, set_up_by)
    values (${row.id}, ${row.companyId}, ${row.integrationKey}, ${row.secret}, ${row.apiHost}, ${row.testedAt},
      ${row.now}, ${row.by})
    on conflict (company_id) where reset_at is null do nothing returning id`
  return rows.length === 1
}

/** Other keys in place of those in use; the people stay bound. */
export const rotate = async (
  db: Db,
  id: string,
  keys: Pick<DuoRow, 'integrationKey' | 'secret' | 'apiHost' | 'testedAt'>,
  now: Date,
): Promise<boolean> => {
  const rows = await db`
    update duo_settings set integration_key = ${keys.integrationKey}, secret = ${keys.secret},
      api_host = ${keys.apiHost}, tested_at = ${keys.testedAt}, rotated_at = ${now}
    where id = ${id} and reset_at is null returning id`
  return rows.length === 1
}

type Reset = { id: string; companyId: string; by: string; session: string; now: Date }

/** Out of use, secret wiped. First in a reset: whoever begins to bind somebody to it from now on finds nothing. */
export const retire = async (db: Db, one: Omit<Reset, 'session'>): Promise<boolean> => {
  const rows = await db`
    update duo_settings set reset_at = ${one.now}, reset_by = ${one.by}, secret = null
    where id = ${one.id} and company_id = ${one.companyId} and reset_at is null returning id`
  return rows.length === 1
}

/**
 * Unbinds everybody, the half bound too. In one statement, so that 50,000 people are one short lock.
 * @returns how many were bound
 */
export const unbindAll = async (db: Db, companyId: string, now: Date): Promise<number> => {
  const [row] = await db<{ bound: number }[]>`
    with gone as (
      update authenticators set removed_at = ${now}, credential = null, version = version + 1
      where company_id = ${companyId} and factor = 'duo' and removed_at is null returning added_at
    )
    select count(added_at)::int as bound from gone`
  return row?.bound ?? 0
}

/** Ends the sessions that Duo vouched for; the one that asks for it goes on, to show what was done. */
export const endSessions = async (db: Db, one: Pick<Reset, 'companyId' | 'session' | 'now'>) => {
  const rows = await db`
    update sessions s set ended_at = ${one.now} from memberships m
    where m.company_id = ${one.companyId} and m.joined_at is not null and s.person_id = m.person_id and s.ended_at is null
      and s.expires_at > ${one.now} and 'duo' = any(s.amr) and s.id <> ${one.session} returning s.id`
  return rows.length
}

/** Ends sign-ins that are at Duo or on their way there. */
export const endAttempts = async (db: Db, companyId: string, now: Date): Promise<number> => {
  const rows = await db`
    update sign_in_attempts a set ended_at = ${now} from memberships m
    where m.company_id = ${companyId} and a.person_id = m.person_id and a.company_id = ${companyId}
      and a.ended_at is null and a.expires_at > ${now} and a.outcome = 'duo' returning a.id`
  return rows.length
}

export const noteReset = async (db: Db, id: string, done: { people: number; sessionsEnded: number }) => {
  await db`
    update duo_settings set people_reset = ${done.people}, sessions_ended = ${done.sessionsEnded} where id = ${id}`
}

export type ResetRow = { id: string; at: Date; byName: string | null; people: number; sessionsEnded: number }

export const lastReset = async (db: Db, companyId: string): Promise<ResetRow | null> => {
  const [row] = await db<ResetRow[]>`
    select d.id, d.reset_at as at, p.name as by_name, coalesce(d.people_reset, 0) as people,
      coalesce(d.sessions_ended, 0) as sessions_ended
    from duo_settings d left join persons p on p.id = d.reset_by
    where d.company_id = ${companyId} and d.reset_at is not null order by d.reset_at desc limit 1`
  return row ?? null
}
