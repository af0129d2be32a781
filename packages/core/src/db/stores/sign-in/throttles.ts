import type { Db } from '../../connect.ts'

/**
 * Counts one use of a key in a fixed window and says whether it still fits.
 * @returns seconds until the window ends when the limit is reached, else null
 */
export const hit = async (
  db: Db,
  key: string,
  limit: number,
  windowMs: number,
  now: Date,
): Promise<number | null> => {
  const from = new Date(now.getTime() - windowMs)
  const [row] = await db<{ count: number; windowAt: Date }[]>`
    insert into throttles as t (key, window_at, count) values (${key}, ${now}, 1)
    on conflict (key) do update set
      count = case when t.window_at <= ${from} then 1 else least(t.count + 1, ${limit + 1}) end,
      window_at = case when t.window_at <= ${from} then ${now} else t.window_at end
    returning count, window_at`
  if (!row || row.count <= limit) return null
  return Math.max(1, Math.ceil((row.windowAt.getTime() + windowMs - now.getTime()) / 1000))
}

/**
 * Counts one password try before it is checked: a few free, then each waits twice as long as the last.
 * @returns seconds to wait when the try does not count and must not be checked, else null
 */
export const claimPasswordTry = async (
  db: Db,
  key: string,
  limits: { free: number; cap: number; forget: number },
  now: Date,
): Promise<number | null> => {
  const forgotten = new Date(now.getTime() - limits.forget)
  const [row] = await db`
    insert into throttles as t (key, window_at, count, blocked_until) values (${key}, ${now}, 1, null)
    on conflict (key) do update set
      count = case when t.window_at <= ${forgotten} then 1 else t.count + 1 end,
      window_at = ${now},
      blocked_until = case when t.window_at > ${forgotten} and t.count + 1 >= ${limits.free}
        then ${now}::timestamptz + least(power(2, least(t.count + 1 - ${limits.free}, 20)), ${limits.cap / 1000}) * interval '1 second'
        end
    where t.blocked_until is null or t.blocked_until <= ${now}
    returning count`
  if (row) return null
  const [blocked] = await db<{ blockedUntil: Date }[]>`select blocked_until from throttles where key = ${key}`
  return blocked ? Math.max(1, Math.ceil((blocked.blockedUntil.getTime() - now.getTime()) / 1000)) : 1
}

/** Gives a counted try back: our side failed before it was checked. */
export const giveBack = async (db: Db, key: string) => {
  await db`update throttles set count = greatest(count - 1, 0), blocked_until = null where key = ${key}`
}

export const forgive = async (db: Db, key: string) => {
  await db`delete from throttles where key = ${key}`
}

/** Lets nothing through under this key until then; a longer block that is there already stays. */
export const block = async (db: Db, key: string, until: Date, now: Date) => {
  await db`
    insert into throttles as t (key, window_at, count, blocked_until) values (${key}, ${now}, 1, ${until})
    on conflict (key) do update set blocked_until = greatest(t.blocked_until, excluded.blocked_until)`
}
