import { signingKeyBinding } from '../applications/signing-keys.ts'
import type { Sql } from '../db/connect.ts'
import type { Deps } from '../deps.ts'
import { mailBinding } from '../mail/queue-mail.ts'
import { subscriptionBinding } from '../push/bindings.ts'
import { credentialBinding } from '../sign-in/context.ts'
import { secretsBinding } from '../webhooks/secrets.ts'

/** A column of sealed records that outlive a sign-in, and what each is bound to. */
type Sealed = {
  table: 'authenticators' | 'mails' | 'push_subscriptions' | 'webhooks' | 'signing_keys'
  id: 'id' | 'authenticator_id'
  column: 'credential' | 'params' | 'subscription' | 'secrets' | 'jwk'
  person: boolean
  binding: (row: { id: string; personId: string }) => string
}

const sealed: Sealed[] = [
  {
    table: 'authenticators',
    id: 'id',
    column: 'credential',
    person: true,
    binding: ({ id, personId }) => credentialBinding({ authenticatorId: id, personId }),
  },
  { table: 'mails', id: 'id', column: 'params', person: false, binding: ({ id }) => mailBinding(id) },
  {
    table: 'signing_keys',
    id: 'id',
    column: 'jwk',
    person: false,
    binding: ({ id }) => signingKeyBinding(id),
  },
  {
    table: 'push_subscriptions',
    id: 'authenticator_id',
    column: 'subscription',
    person: false,
    binding: ({ id }) => subscriptionBinding(id),
  },
  { table: 'webhooks', id: 'id', column: 'secrets', person: false, binding: ({ id }) => secretsBinding(id) },
]

const lot = 500

type Row = { id: string; personId: string; value: string }

/**
 * Seals anew what older keys of the ring sealed, lot by lot, beside running portals: a record that changed
 * meanwhile was sealed anew by that change. Sign-ins under way are left out: they are over in minutes, and the old
 * key is to stay in the ring that long. @returns how many records of each table
 */
export const reseal = async (deps: Pick<Deps, 'sql' | 'seal'>): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const column of sealed) counts[column.table] = await resealColumn(deps, column)
  return counts
}

const resealColumn = async ({ sql, seal }: Pick<Deps, 'sql' | 'seal'>, one: Sealed): Promise<number> => {
  let count = 0
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows: Row[] = await nextLot(sql, one, after)
    for (const row of rows.filter(({ value }) => seal.isStale(value))) {
      const fresh = seal.close(seal.open(row.value, one.binding(row)), one.binding(row))
      const [changed] = await sql`
        update ${sql(one.table)} set ${sql(one.column)} = ${fresh}
        where ${sql(one.id)} = ${row.id} and ${sql(one.column)} = ${row.value} returning 1 as done`
      if (changed) count += 1
    }
    after = rows.at(-1)?.id ?? after
    if (rows.length < lot) return count
  }
}

const nextLot = (sql: Sql, one: Sealed, after: string) => sql<Row[]>`
  select ${sql(one.id)} as id, ${one.person ? sql`person_id` : sql`null`} as person_id, ${sql(one.column)} as value
  from ${sql(one.table)} where ${sql(one.id)} > ${after} and ${sql(one.column)} is not null
  order by ${sql(one.id)} limit ${lot}`
