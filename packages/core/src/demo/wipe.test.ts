import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { movableClock } from '../clock.ts'
import { createPasswords } from '../keys/passwords.ts'
import { createSeal } from '../keys/seal.ts'
import { createKeyedHash } from '../keys/tokens.ts'
import { testDatabase } from '../testing/database.ts'
import { playScenario } from './scenarios.ts'
import { wipe } from './seed.ts'

const { owner } = await testDatabase()
const seeder = {
  owner,
  clock: movableClock(),
  seal: createSeal([{ id: 'k1', key: randomBytes(32) }]),
  keyedHash: createKeyedHash(randomBytes(32)),
  passwords: createPasswords(randomBytes(32), { memoryKib: 1024, passes: 1, lanes: 1 }),
}

test('a table of more bytes than an integer holds is wiped too', async () => {
  await playScenario(seeder, 'required')
  await owner`create schema sizes`
  await owner`create function sizes.pg_relation_size(oid) returns bigint return 3000000000`
  await owner.begin(async (tx) => {
    await tx`set local search_path to sizes, pg_catalog, public`
    await wipe(tx)
  })
  expect(await owner`select from companies`).toHaveLength(0)
})

const worlds = ['required', 'large'] as const

test.each(worlds)('wiping %s leaves the signing keys alone, and what keeps rows does again', async (name) => {
  await owner`delete from signing_keys`
  await playScenario(seeder, name)
  await owner`insert into signing_keys (alg, jwk, created_at, signs_from)
    values ('ES256', 'sealed', now(), now())`
  await owner`insert into webhooks (company_id, url, topics, secrets, cursor, created_at)
    select id, 'https://hooks.test/', '{}', 'sealed', 0, now() from companies`
  const record = () => owner`insert into audit_events (company_id, at, event, outcome)
    values (gen_random_uuid(), now(), 'signed-in', 'ok')`
  await record()
  await owner.begin(wipe)

  const tables = await owner<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'public'`
  const full = await Promise.all(
    tables.map(async ({ name }) =>
      (await owner`select from ${owner(name)} limit 1`).length > 0 ? name : [],
    ),
  )
  expect(full.flat()).toEqual(['signing_keys'])
  await record()
  await expect(owner`delete from audit_events`).rejects.toThrow('append-only')
  await playScenario(seeder, 'required')
  await expect(owner`delete from companies`).rejects.toThrow('stays required')
})
