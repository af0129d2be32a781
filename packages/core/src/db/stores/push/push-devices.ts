import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'

export type PushDevice = {
  authenticatorId: string
  personId: string
  personName: string
  personEmail: string
  companyName: string | null
  confirmed: boolean
}

/**
 * Offers a code, in the caller's transaction; counted per person, so that nobody collects them.
 * @returns false where too many were made within the hour
 */
export const offer = async (
  db: Db,
  one: { authenticatorId: string; personId: string; codeHash: Buffer; now: Date; expiresAt: Date },
): Promise<boolean> => {
  const hourAgo = new Date(one.now.getTime() - 3_600_000)
  await db`select pg_advisory_xact_lock(hashtextextended(${`pair ${one.personId}`}, 0))`
  const rows = await db`
    insert into push_devices (authenticator_id, person_id, code_hash, created_at, expires_at)
    select ${one.authenticatorId}, ${one.personId}, ${one.codeHash}, ${one.now}, ${one.expiresAt}
    where (select count(*) from push_devices where person_id = ${one.personId} and created_at > ${hourAgo})
      < ${parameters.pairing.perHour}
    returning 1`
  return rows.length === 1
}

/** Takes a code: of two devices one gets it. Null: unknown, late, taken, or its authenticator is gone. */
export const take = async (
  db: Db,
  codeHash: Buffer,
  device: { seal: (row: { authenticatorId: string; personId: string }) => string; tokenHash: Buffer },
  now: Date,
): Promise<PushDevice | null> => {
  const [row] = await db<{ authenticatorId: string; personId: string }[]>`
    select d.authenticator_id, d.person_id from push_devices d
    join authenticators a on a.id = d.authenticator_id and a.added_at is null and a.removed_at is null
    where d.code_hash = ${codeHash} and d.paired_at is null and d.expires_at > ${now}`
  if (!row) return null
  const [taken] = await db`
    update push_devices set paired_at = ${now}, device = ${device.seal(row)}, token_hash = ${device.tokenHash}
    where code_hash = ${codeHash} and paired_at is null and expires_at > ${now} returning 1`
  if (!taken) return null
  const [found] = await findByTokens(db, [device.tokenHash], now)
  return found ?? null
}

/** Notes that a taken code was tried again; the person it belongs to, the first time. */
export const noteTheft = async (
  db: Db,
  codeHash: Buffer,
  now: Date,
): Promise<{ authenticatorId: string; personId: string } | null> => {
  const [row] = await db<{ authenticatorId: string; personId: string }[]>`
    update push_devices set stolen_at = ${now}
    where code_hash = ${codeHash} and paired_at is not null and stolen_at is null and expires_at > ${now}
    returning authenticator_id, person_id`
  return row ?? null
}

export const sealedDevice = async (
  db: Db,
  authenticatorId: string,
): Promise<{ device: string; personId: string } | null> => {
  const [row] = await db<{ device: string; personId: string }[]>`
    select device, person_id from push_devices
    where authenticator_id = ${authenticatorId} and paired_at is not null and device is not null`
  return row ?? null
}

/** The devices behind these tokens that are paired still; removed and half-paired ones that expired are not. */
export const findByTokens = (db: Db, tokenHashes: Buffer[], now: Date) => db<PushDevice[]>`
  select d.authenticator_id, d.person_id, p.name as person_name, p.email as person_email,
    a.added_at is not null as confirmed,
    (select case when count(*) = 1 then max(c.name) end from memberships m join companies c on c.id = m.company_id
      where m.person_id = p.id and m.deactivated_at is null and m.joined_at is not null) as company_name
  from push_devices d
  join authenticators a on a.id = d.authenticator_id and a.removed_at is null
  join persons p on p.id = d.person_id
  where d.token_hash in ${db(tokenHashes)} and (a.added_at is not null or d.expires_at > ${now})
  order by d.created_at`
