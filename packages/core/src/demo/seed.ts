import { randomUUID } from 'node:crypto'
import type { FactorName } from '@countersign/contract'
import type { Db, Sql } from '../db/connect.ts'
import type { Deps } from '../deps.ts'
import type { DuoKeys } from '../gateways/duo/duo.ts'
import { credentialBinding } from '../sign-in/context.ts'
import type { DemoApplications } from './applications.ts'
import { contoso, type DemoPerson, northwind } from './people.ts'

/** What seeding needs: the owner's connection, since the app's role may not wipe. */
export type Seeder = Pick<Deps, 'clock' | 'seal' | 'keyedHash' | 'passwords'> & {
  owner: Sql
  /** Keys of the sandbox’s Duo; null where there is none to ask. */
  duoKeys?: () => Promise<DuoKeys | null>
  /** The relying parties that the sandbox plays; without it there are none. */
  applications?: DemoApplications
}

export type DemoApp = { factor: FactorName; credential: unknown }

export type World = {
  people: DemoPerson[]
  /** Who holds an authenticator app and nothing else. */
  apps?: string[]
  /** Companies that require two-factor authentication. */
  required?: string[]
  /** A company that uses Duo, and who of it is bound there. */
  duo?: { company: string; people: string[] }
}

/** So many bytes are deleted in no time; with more, every reference that is looked at would cost a scan. */
const few = 512 * 1024

/**
 * Empties every table of ours but the signing keys, which applications remember. Only the owner can: triggers that keep
 * rows from going have to stand aside for it. TRUNCATE gives each table and index a new file, which takes ten times as
 * long as deleting a scenario's few rows. One statement, so that references are looked at when all rows are gone.
 */
export const wipe = async (db: Db) => {
  const tables = await db<{ name: string; kept: boolean; bytes: number }[]>`
    select quote_ident(relname) as name, pg_relation_size(oid)::float8 as bytes, exists (
      -- 8: fires on DELETE (pg_trigger.tgtype)
      select from pg_trigger where tgrelid = pg_class.oid and not tgisinternal and tgtype & 8 > 0) as kept
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'signing_keys'`
  const names = tables.map(({ name }) => name)
  const kept = tables.filter((table) => table.kept)
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  const deletions = names.map((name, at) => `t${at} as (delete from ${name})`).join(', ')
  await db.unsafe(`lock table ${names.join(', ')}`)
  for (const { name } of kept) await db.unsafe(`alter table ${name} disable trigger user`)
  await db.unsafe(bytes > few ? `truncate ${names.join(', ')}` : `with ${deletions} select`)
  for (const { name } of kept) await db.unsafe(`alter table ${name} enable trigger user`)
}

/** Fills an empty database with a world, in a handful of statements however large it is. */
export const seed = async (
  db: Db,
  seeder: Seeder,
  world: World,
  passwordHash: string,
  appOf: (email: string) => DemoApp,
) => {
  const now = seeder.clock.now()
  const companies = [northwind, contoso].map((name) => ({
    id: randomUUID(),
    name,
    createdAt: now,
    requiredAt: world.required?.includes(name) ? now : null,
  }))
  await db`insert into companies ${db(companies)}`
  const people = world.people.map((one) => ({ ...one, id: randomUUID() }))
  for (const part of chunks(people)) {
    const persons = part.map(({ id, name, email }) => ({
      id,
      name,
      email,
      emailProvenAt: now,
      passwordHash,
      passwordChangedAt: now,
      createdAt: now,
    }))
    await db`insert into persons ${db(persons)}`
    const memberships = part.flatMap((one) =>
      companies
        .filter((company) => one.companies.includes(company.name))
        .map((company) => ({
          companyId: company.id,
          personId: one.id,
          role: one.role,
          accountType: one.accountType,
          mobileNumber: one.mobileNumber,
          joinedAt: now,
          createdAt: now,
        })),
    )
    await db`insert into memberships ${db(memberships)}`
    const apps = part
      .filter((one) => world.apps?.includes(one.email))
      .map((one) => appRow(seeder, one, appOf(one.email)))
    if (apps.length > 0) await db`insert into authenticators ${db(apps)}`
  }
}

const appRow = (seeder: Seeder, person: { id: string }, { factor, credential }: DemoApp) => {
  const id = randomUUID()
  const now = seeder.clock.now()
  return {
    id,
    personId: person.id,
    factor,
    name: 'Demo app',
    credential: seeder.seal.close(
      credential,
      credentialBinding({ authenticatorId: id, personId: person.id }),
    ),
    createdAt: now,
    addedAt: now,
  }
}

/** PostgreSQL takes 65,535 parameters in one statement. */
const chunks = <T>(rows: T[], size = 2000): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  )
