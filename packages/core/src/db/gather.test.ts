import { expect, test } from 'vitest'
import { gather } from './gather.ts'

/** A gate whose runs end when the test says so. */
const gate = (limits: { atOnce: number; most: number }) => {
  const runs: { all: readonly object[]; end: (failed?: Error) => void }[] = []
  const ask = gather<object, object>(
    (all) =>
      new Promise((resolve, reject) => {
        runs.push({ all, end: (failed) => (failed ? reject(failed) : resolve([...all])) })
      }),
    limits,
  )
  return { ask, runs }
}
const turns = async () => {
  for (let i = 0; i < 20; i++) await new Promise(setImmediate)
}
const asks = (count: number) => Array.from({ length: count }, (_, at) => ({ at }))

test('while as many run as may, whoever comes shares the next', async () => {
  const { ask, runs } = gate({ atOnce: 2, most: 3 })
  const all = asks(7)
  const answers: Promise<object>[] = []
  for (const one of all) {
    answers.push(ask(one))
    await turns()
  }
  expect(runs.map((run) => run.all.length)).toEqual([1, 1])
  runs[0]?.end()
  await turns()
  expect(runs.map((run) => run.all.length)).toEqual([1, 1, 3])
  runs[1]?.end()
  await turns()
  expect(runs.map((run) => run.all.length)).toEqual([1, 1, 3, 2])
  for (const run of runs) run.end()
  expect(await Promise.all(answers)).toEqual(all)
})

test('a run that fails is heard of by its own only, and makes room for the next', async () => {
  const { ask, runs } = gate({ atOnce: 1, most: 2 })
  const answers = asks(3).map(ask)
  const settled = Promise.allSettled(answers)
  await turns()
  runs[0]?.end(new Error('lost'))
  await turns()
  runs[1]?.end()
  expect((await settled).map((one) => one.status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})

test('nothing is remembered: the same question is asked again', async () => {
  const { ask, runs } = gate({ atOnce: 1, most: 1 })
  const one = {}
  const answers = [ask(one), ask(one)]
  await turns()
  runs[0]?.end()
  await turns()
  runs[1]?.end()
  expect(await Promise.all(answers)).toEqual([one, one])
  expect(runs).toHaveLength(2)
})
