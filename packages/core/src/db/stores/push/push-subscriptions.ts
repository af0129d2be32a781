import type { Db } from '../../connect.ts'

/** A device has few browsers; the oldest goes. */
const perDevice = 3

export const put = async (
  db: Db,
  one: { authenticatorId: string; endpointHash: Buffer; subscription: string; now: Date },
) => {
  await db`
    insert into push_subscriptions (authenticator_id, endpoint_hash, subscription, created_at)
    values (${one.authenticatorId}, ${one.endpointHash}, ${one.subscription}, ${one.now})
    on conflict (authenticator_id, endpoint_hash) do update
      set subscription = excluded.subscription, created_at = excluded.created_at`
  await db`
    delete from push_subscriptions where id in (
      select id from push_subscriptions where authenticator_id = ${one.authenticatorId}
      order by created_at desc offset ${perDevice})`
}

export const listOf = (db: Db, authenticatorId: string) => db<{ id: string; subscription: string }[]>`
  select id, subscription from push_subscriptions where authenticator_id = ${authenticatorId}`

/** The push service says that nobody listens there any more. */
export const drop = async (db: Db, id: string) => {
  await db`delete from push_subscriptions where id = ${id}`
}
