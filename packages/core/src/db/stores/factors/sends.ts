import type { SendChannel } from '../../../factors/factor.ts'
import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'

export type Sending = {
  personId: string
  destination: Buffer
  channel: SendChannel
  address: string
  now: Date
}

const { sends } = parameters
const second = 1000
const ago = (now: Date, ms: number) => new Date(now.getTime() - ms)

/** When a channel may next be used by a person: 30, 60, 120, then 300 s after the last send nobody answered yet. */
export const sendableAt = async (
  db: Db,
  personId: string,
  now: Date,
): Promise<(channel: SendChannel) => Date> => {
  const rows = await db<{ channel: SendChannel; count: number; last: Date }[]>`
    select channel, count(*)::int as count, max(at) as last from sends
    where person_id = ${personId} and at > ${ago(now, 3600 * second)} and answered_at is null group by channel`
  return (channel) => {
    const row = rows.find((one) => one.channel === channel)
    if (!row) return now
    const coolDown = sends.coolDowns[Math.min(row.count, sends.coolDowns.length) - 1] ?? 0
    return new Date(Math.max(now.getTime(), row.last.getTime() + coolDown))
  }
}

/**
 * Parallel sends take turns until the transaction ends, by person, destination and address, so that none of them
 * sees a cool-down or a budget as another is about to spend it. Always in this order, hence never in a circle.
 */
export const takeTurns = async (db: Db, one: Sending) => {
  for (const key of [one.personId, one.destination.toString('base64url'), one.address])
    await db`select pg_advisory_xact_lock(hashtextextended(${`send ${key}`}, 0))`
}

/**
 * Counts a send against every budget before anything leaves the building; after `takeTurns`.
 * @returns the id of the send on record, or seconds to wait when a budget is spent
 */
export const claimSend = async (db: Db, one: Sending): Promise<{ id: string } | { wait: number }> => {
  const [row] = await db<Record<'ten' | 'day' | 'calls' | 'destinationDay' | 'addressHour', number>[]>`
    select
      count(*) filter (where person_id = ${one.personId} and answered_at is null and at > ${ago(one.now, 600 * second)})::int as ten,
      count(*) filter (where person_id = ${one.personId})::int as day,
      count(*) filter (where person_id = ${one.personId} and channel = 'call')::int as calls,
      count(*) filter (where destination = ${one.destination})::int as destination_day,
      count(*) filter (where address = ${one.address} and at > ${ago(one.now, 3600 * second)})::int as address_hour
    from sends
    where at > ${ago(one.now, 24 * 3600 * second)} and channel <> 'email'
      and (person_id = ${one.personId} or destination = ${one.destination} or address = ${one.address})`
  if (!row) return { wait: 60 }
  const hour = 3600
  if (row.ten >= sends.perTenMinutes) return { wait: 600 }
  if (row.day >= sends.perDay || row.destinationDay >= sends.perDestinationDay) return { wait: 24 * hour }
  if (one.channel === 'call' && row.calls >= sends.callsPerDay) return { wait: 24 * hour }
  if (row.addressHour >= sends.perAddressHour) return { wait: hour }
  const [made] = await db<{ id: string }[]>`
    insert into sends (person_id, destination, channel, address, at)
    values (${one.personId}, ${one.destination}, ${one.channel}, ${one.address}, ${one.now}) returning id`
  return made as { id: string }
}

/** A send that never left: its place is free again. */
export const unclaim = async (db: Db, id: string) => {
  await db`delete from sends where id = ${id}`
}

/** A code was entered right: the next one may be sent at once. */
export const answered = async (db: Db, personId: string, now: Date) => {
  await db`update sends set answered_at = ${now} where person_id = ${personId} and answered_at is null`
}
