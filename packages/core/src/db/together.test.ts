import { setTimeout } from 'node:timers/promises'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { connect } from './connect.ts'
import { together } from './together.ts'

const { owner, urls } = await testDatabase()
await owner`create table jars (name text primary key, taken int not null default 0, opened_at timestamptz)`
const statements: string[] = []
const refusals: string[] = []
const pool = connect(urls.owner, {
  max: 20,
  onStatement: (text) => statements.push(text),
  onRefusal: (code) => refusals.push(code),
})
const jars = Array.from({ length: 40 }, (_, at) => `jar ${String(at).padStart(2, '0')}`)

beforeEach(async () => {
  await owner`truncate jars`
  await owner`insert into jars ${owner(jars.map((name) => ({ name })))}`
  statements.length = 0
  refusals.length = 0
})

/** Takes from a jar as many times as `by` says parts of twelve; nothing from one that nobody has. */
const take = together<
  { name: string; taken: number; key: Buffer; openedAt: Date },
  { name: string; by: number; key: Buffer; now: Date; tags: string[] }
>({ name: 'text', by: 'int', key: 'bytea', now: 'timestamptz', tags: 'text[]' }, (from) => {
  const $ = from('one')
  return `, one as (select distinct on (${from('asked').name}) * from asked order by ${from('asked').name})
    update jars set taken = taken + 12 / ${$.by}, opened_at = ${$.now} from one where jars.name = ${$.name}
    returning one.asked, jars.name, taken, ${$.key}, opened_at, ${$.tags}`
})
const asking = (name: string, by = 1) => ({
  ...{ name, by, key: Buffer.from(name), now: new Date(1e12) },
  tags: [name, '"{,}'],
})
const answering = (name: string, taken = 12) => ({
  ...{ name, taken, key: Buffer.from(name) },
  openedAt: new Date(1e12),
  tags: [name, '"{,}'],
})
const taken = async (name: string) => (await owner`select taken from jars where name = ${name}`)[0]?.taken

describe('many who ask the same at once', () => {
  test('are answered by a few statements, each with their own', async () => {
    const answers = await Promise.all(jars.map((name) => take(pool, asking(name))))
    expect(answers).toMatchObject(jars.map((name) => answering(name)))
    expect(statements.length).toBeLessThan(jars.length / 4)
  })

  test('get nothing where there is nothing, whoever they are with', async () => {
    const names = jars.flatMap((name) => [name, `no ${name}`])
    const answers = await Promise.all(names.map((name) => take(pool, asking(name))))
    expect(answers).toMatchObject(names.map((name) => (name.startsWith('no') ? null : answering(name))))
  })

  test('of one jar take one after the other, and nobody’s share is lost', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => take(pool, asking('jar 07'))))
    expect(answers.map((one) => one?.taken).toSorted((a = 0, b = 0) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, at) => 12 * (at + 1)),
    )
    expect(await taken('jar 07')).toBe(360)
  })

  test('one of them asks for something impossible: only they hear of it, and the others take once', async () => {
    const answers = await Promise.allSettled(
      jars.map((name) => take(pool, asking(name, name === 'jar 03' ? 0 : 1))),
    )
    const failed = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(failed).toMatchObject([{ code: '22012' }])
    // Who runs the portal hears of it: a list that always fails would otherwise only be slow.
    expect(new Set(refusals)).toEqual(new Set(['22012']))
    expect(await taken('jar 03')).toBe(0)
    for (const name of jars.filter((one) => one !== 'jar 03')) expect(await taken(name)).toBe(12)
  })

  test('one waits for a lock: the others do not, and it is answered when its turn comes', async () => {
    let waited: Promise<unknown> = Promise.resolve()
    await owner.begin(async (tx) => {
      await tx`update jars set taken = 100 where name = 'jar 05'`
      const answers = jars.slice(0, 16).map((name) => take(pool, asking(name)))
      const locked = answers.splice(5, 1)[0]
      expect(await Promise.all(answers)).toHaveLength(15)
      const first = await Promise.race([locked, setTimeout(300, 'waiting')])
      expect(first).toBe('waiting')
      waited = Promise.resolve(locked)
    })
    expect(await waited).toMatchObject(answering('jar 05', 112))
  })

  test('some wait for a lock, one after the other: whoever comes behind them does not', async () => {
    const waiting: Promise<unknown>[] = []
    await owner.begin(async (tx) => {
      await tx`update jars set taken = 100 where name = 'jar 05'`
      for (let i = 0; i < 5; i++) {
        waiting.push(take(pool, asking('jar 05')))
        await setTimeout(20)
      }
      expect(await take(pool, asking('jar 06'))).toMatchObject(answering('jar 06'))
    })
    await Promise.all(waiting)
    expect(await taken('jar 05')).toBe(160)
  })
})

test('all connections but those for shared statements are held up: nobody else waits, whoever they share with', async () => {
  const narrow = connect(urls.owner, { max: 8 })
  const waiting: Promise<unknown>[] = []
  // The first time round the driver prepares what it sends, and sends nothing behind it.
  for (const round of ['preparing', 'prepared'])
    await owner.begin(async (tx) => {
      await tx`update jars set taken = 0 where name in ('jar 05', 'jar 06')`
      for (const name of ['jar 05', 'jar 06', 'jar 05', 'jar 06']) waiting.push(take(narrow, asking(name)))
      await setTimeout(300)
      waiting.push(take(narrow, asking('jar 05')))
      const others = jars.slice(10).map((name) => take(narrow, asking(name)))
      if (round === 'prepared') expect(await Promise.all(others)).toHaveLength(30)
    })
  await Promise.all(waiting)
  await narrow.end()
})

describe('whoever is alone', () => {
  test('is asked once', async () => {
    expect(await take(pool, asking('jar 01'))).toMatchObject(answering('jar 01'))
    expect(await take(pool, asking('no jar'))).toBeNull()
    expect(statements).toHaveLength(2)
  })

  test('in a transaction, is undone with it', async () => {
    const undone = pool.begin(async (tx) => {
      expect(await take(tx, asking('jar 02'))).toMatchObject(answering('jar 02'))
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await taken('jar 02')).toBe(0)
  })
})

test('a connection that is lost in the middle answers nobody, and nobody is asked twice', async () => {
  const sleep = together<object, { name: string }>(
    { name: 'text' },
    () => 'select asked, pg_sleep(20) from asked',
  )
  await pool`select 1`
  statements.length = 0
  const asked = Promise.allSettled(['one', 'another'].map((name) => sleep(pool, { name })))
  await vi.waitFor(async () => {
    const cut = await owner`
      select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(20) from%' and pid <> pg_backend_pid()`
    expect(cut).toHaveLength(1)
  })
  expect(await asked).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  expect(statements).toHaveLength(1)
})
