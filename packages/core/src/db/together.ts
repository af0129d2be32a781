import postgres from 'postgres'
import { type Db, forShared, type Sql } from './connect.ts'
import { gather } from './gather.ts'

/** What a parameter may be, in TypeScript and in PostgreSQL. */
type Value = string | number | Date | Buffer | null | string[]
type Type = 'bytea' | 'int' | 'text' | 'text[]' | 'timestamptz' | 'uuid'

const limits = { atOnce: 3, most: 16 }
/** How long a lock may hold up a statement in which, or behind which, others wait. */
const patience = '100ms'

/**
 * One statement for all who ask the same in the same moment (decision 23): most of what a small one costs is not its
 * rows. `write` is given the columns of the relation `asked`, under any alias, and returns the statement that reads it,
 * or `, further as (…)` first. Each row it yields says in `asked` whom it is for, and nobody gets two.
 *
 * Nobody answers for another, and nobody waits for another: whoever gets no row among several (there is none for them,
 * one of the others stood in their way, or the statement failed, or waited too long) is asked again alone, and that
 * decides. In a transaction everybody is alone.
 * @throws what the database throws at whoever is alone; to all of a statement, that its connection was lost
 */
export const together = <Row extends object, Parameters extends Record<string, Value>>(
  types: { [Name in keyof Parameters]: Type },
  write: (columnsOf: (alias: string) => { [Name in keyof Parameters]: string }) => string,
) => {
  const names = Object.keys(types)
  const binary = names.filter((name) => types[name] === 'bytea')
  const columnsOf = (alias: string) =>
    Object.fromEntries(names.map((name) => [name, `${alias}."${name}"`])) as {
      [Name in keyof Parameters]: string
    }
  const text = (first: string) => `
    with asked as materialized (
      select one.* from json_to_recordset($1::json)
        as one(asked int, ${names.map((name) => `"${name}" ${types[name]}`).join(', ')}) ${first} limit ${limits.most}
    )
    ${write(columnsOf)}`
  const patient = text('')
  const impatient = text(`cross join (select set_config('lock_timeout', '${patience}', true)) as patience`)

  const run = async (db: Db, sql: string, all: readonly Parameters[]): Promise<(Row | null)[]> => {
    const asked = all.map((one, at) => {
      const row: Record<string, unknown> = { asked: at, ...one }
      for (const name of binary) row[name] = `\\x${(one[name] as Buffer).toString('hex')}`
      return row
    })
    const rows = await db.unsafe<(Row & { asked: number })[]>(sql, [asked as never], { prepare: true })
    const answers: (Row | null)[] = all.map(() => null)
    for (const row of rows) answers[row.asked] = row
    return answers
  }
  const alone = async (db: Db, one: Parameters) => (await run(db, patient, [one]))[0] ?? null

  const inTurn = async (db: Db, all: readonly Parameters[]): Promise<(Row | null | 'alone')[]> => {
    try {
      const answers = await run(db, impatient, all)
      return all.length === 1 ? answers : answers.map((answer) => answer ?? 'alone')
    } catch (error) {
      if (isRefusal(error)) return all.map(() => 'alone')
      throw error
    }
  }
  const gathered = new WeakMap<Sql, (one: Parameters) => Promise<Row | null | 'alone'>>()
  const gatherOn = (db: Sql) => {
    const ask = gather((all: readonly Parameters[]) => inTurn(forShared(db), all), limits)
    gathered.set(db, ask)
    return ask
  }
  return async (db: Db, one: Parameters): Promise<Row | null> => {
    if (!isPool(db)) return alone(db, one)
    const answer = await (gathered.get(db) ?? gatherOn(db))(one)
    return answer === 'alone' ? alone(db, one) : answer
  }
}

const isPool = (db: Db): db is Sql => 'begin' in db

/** The database refused the statement and undid what it had done; a lost connection says nothing of the kind. */
const isRefusal = (error: unknown) => error instanceof postgres.PostgresError && error.severity === 'ERROR'
