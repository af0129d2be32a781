import type { Db } from './connect.ts'

/** What a parameter may be. */
type Value = string | number | boolean | Date | Buffer | null | string[]

/**
 * SQL whose text is put together once, when its module is loaded, for the statements that most requests wait for:
 * composing one of 40 lines from fragments at each call costs as much as running it. `write` is given a placeholder
 * for each parameter it names, and nothing that somebody typed.
 */
export const statement = <Row extends object, Parameters extends Record<string, Value>>(
  write: (placeholders: { [Name in keyof Parameters]: string }) => string,
) => {
  const names: (keyof Parameters)[] = []
  const placeholders = new Proxy({} as { [Name in keyof Parameters]: string }, {
    get: (_, name: string) => {
      if (!names.includes(name)) names.push(name)
      return `$${names.indexOf(name) + 1}`
    },
  })
  const text = write(placeholders)
  return (db: Db, parameters: Parameters) =>
    db.unsafe<Row[]>(
      text,
      names.map((name) => parameters[name]),
      { prepare: true },
    )
}
