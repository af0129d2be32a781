import postgres from 'postgres'
import { type Db, forShared, type Sql } from './connect.ts'
import { gather } from './gather.ts'

/** What a parameter may be, in TypeScript and in PostgreSQL. */
type Value = string | number | Date | Buffer | null | string[]
type Type = 'bytea' | 'int' | 'text' | 'text[]' | 'timestamptz' | 'uuid'

const several = { atOnce: 3, most: 16 }
const oneByOne = { atOnce: 2, most: 1 }
/** How long a lock may hold up a statement in which, or behind which, others wait. */
const patience = '100ms'
/** lock_not_available, which is how a statement runs out of patience. */
const waitedTooLong = '55P03'
/** The statement was refused, or had no row for one of several. */
const unsaid = Symbol('unsaid')

/**
 * One statement for all who ask the same in the same moment (decision 23): most of what a small one costs is not its
 * rows. `write` is given the columns of the relation `asked`, under any alias, and returns the statement that reads it,
 * or `, further as (…)` first. Each row it yields says in `asked` whom it is for, and nobody gets two.
 *
 * Nobody answers for another, and nobody waits for another: whoever gets no row among several (there is none for them,
 * one of the others stood in their way, or the statement failed, or waited too long) is asked again alone, and that
 * decides. Only who waits too long alone waits for as long as it takes. In a transaction everybody is alone, and waits.
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
        as one(asked int, ${names.map((name) => `"${name}" ${types[name]}`).join(', ')}) ${first} limit ${several.most}
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
  const patiently = async (db: Db, one: Parameters) => (await run(db, patient, [one]))[0] ?? null

  /** In turn, and not for long. */
  const soon = async (db: Sql, all: readonly Parameters[]): Promise<(Row | null | typeof unsaid)[]> => {
    const { sql, onRefusal } = forShared(db)
    try {
      const answers = await run(sql, impatient, all)
      return all.length === 1 ? answers : answers.map((answer) => answer ?? unsaid)
    } catch (error) {
      if (!isRefusal(error)) throw error
      if (error.code !== waitedTooLong) onRefusal?.(error.code)
      return all.map(() => unsaid)
    }
  }
  const asksOf = new WeakMap<Sql, ReturnType<typeof asksOn>>()
  const asksOn = (db: Sql) => {
    const inTurn = (all: readonly Parameters[]) => soon(db, all)
    const asks = { together: gather(inTurn, several), alone: gather(inTurn, oneByOne) }
    asksOf.set(db, asks)
    return asks
  }
  return async (db: Db, one: Parameters): Promise<Row | null> => {
    if (!isPool(db)) return patiently(db, one)
    const asks = asksOf.get(db) ?? asksOn(db)
    let answer = await asks.together(one)
    if (answer === unsaid) answer = await asks.alone(one)
    return answer === unsaid ? patiently(db, one) : answer
  }
}

const isPool = (db: Db): db is Sql => 'begin' in db

/** The database refused the statement and undid what it had done; a lost connection says nothing of the kind. */
const isRefusal = (error: unknown): error is postgres.PostgresError =>
  error instanceof postgres.PostgresError && error.severity === 'ERROR'
