import postgres from 'postgres'
import { afterAll, expect, test, vi } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { watchOver } from './watch-over.ts'

const { urls } = await testDatabase()
const worker = postgres(urls.worker, { max: 1 })
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
afterAll(() => worker.end())

/** A job that was taken a while ago by each of these. */
const taken = async (...by: string[]) => {
  for (const queue of by) {
    await worker`select graphile_worker.add_job('mail', json_build_object('by', ${queue}::text))`
    await worker`
      update graphile_worker._private_jobs set locked_by = ${queue}, locked_at = now() - interval '1 minute'
      where payload ->> 'by' = ${queue}`
  }
}
const held = async () => {
  const rows = await worker`select locked_by from graphile_worker.jobs where locked_by is not null order by 1`
  return rows.map((row) => row.locked_by)
}

test('frees the jobs of a queue that is gone, and none of one that lives', async () => {
  const first = await watchOver(urls.worker, ['pool-one'], log)
  await taken('pool-one', 'pool-two', 'pool-killed')
  const second = await watchOver(urls.worker, ['pool-two'], log)
  expect(await held()).toEqual(['pool-one', 'pool-two'])

  await first.stop()
  const third = await watchOver(urls.worker, ['pool-three'], log)
  expect(await held()).toEqual(['pool-two'])
  await Promise.all([second.stop(), third.stop()])
  expect(log.warn).not.toHaveBeenCalled()
})

test('leaves a job alone that was taken just now: its queue may still be introducing itself', async () => {
  await taken('pool-new')
  await worker`update graphile_worker._private_jobs set locked_at = now() where locked_by = 'pool-new'`
  const watch = await watchOver(urls.worker, ['pool-other'], log)
  expect(await held()).toContain('pool-new')
  await watch.stop()
})
