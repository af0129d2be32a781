import { setImmediate } from 'node:timers/promises'
import DataLoader from 'dataloader'
import PQueue from 'p-queue'

/**
 * One `run` for all who ask in the same moment, of `most` at most. While `atOnce` runs are under way, whoever asks waits
 * for the next: so the busier the server, the more share a run, and where nothing goes on everybody has their own.
 * `run` answers in the order it was asked.
 */
export const gather = <Ask, Answer>(
  run: (all: readonly Ask[]) => Promise<Answer[]>,
  { atOnce, most }: { atOnce: number; most: number },
): ((one: Ask) => Promise<Answer>) => {
  const queue = new PQueue({ concurrency: atOnce })
  let running: Promise<unknown> = Promise.resolve()
  const loader = new DataLoader<Ask, Answer>(
    (all) => {
      const answers = run(all)
      running = answers.catch(() => {})
      return answers
    },
    {
      cache: false,
      maxBatchSize: most,
      batchScheduleFn: (dispatch) =>
        queue.add(async () => {
          // Requests that arrived together ask within one turn of the event loop.
          await setImmediate()
          dispatch()
          await running
        }),
    },
  )
  return (one) => loader.load(one)
}
