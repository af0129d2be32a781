import { EventEmitter, once } from 'node:events'
import { Logger, type RunnerOptions, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Deps } from '../deps.ts'
import type { Mailer } from '../gateways/mailer.ts'
import { watchOver } from '../jobs/watch-over.ts'
import { sendMail } from './send-mail.ts'

/** Work that the queue does by name; a feature adds its line. */
export type Task = (deps: Deps, payload: Record<string, unknown>) => Promise<void>

/** The queue's own words go to our log; its chatter about polling does not. */
const loggerFor = (deps: Deps) =>
  new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') deps.log.warn({ queue: level }, message)
  })

const namedTasks = (deps: Deps, tasks: Record<string, Task>): TaskList =>
  Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown) => task(deps, payload as Record<string, unknown>),
    ]),
  )

/** Each task as the queue calls it. */
export const taskListOf = (deps: Deps, mailer: Mailer, tasks: Record<string, Task>): TaskList => ({
  ...namedTasks(deps, tasks),
  mail: (payload, { job }) => {
    const isLast = job.attempts >= job.max_attempts
    return sendMail(deps, mailer, (payload as { id: string }).id, isLast)
  },
})

/** A safety net only: LISTEN wakes the worker as soon as a job is committed. */
const pollInterval = 2000

/** A queue, and the name under which its jobs are locked. */
const runNamed = async (options: RunnerOptions) => {
  const events: WorkerEvents = new EventEmitter()
  const created = once(events, 'pool:create') as Promise<[{ workerPool: { id: string } }]>
  const runner = await run({ ...options, events })
  const [{ workerPool }] = await created
  return { runner, name: workerPool.id }
}

/**
 * The queue, in this process: graphile-worker on its own login. Jobs were enqueued in the transaction of what
 * caused them; a job that throws is tried again with exponential back-off. Tasks that wait for strangers run in a
 * lane beside the others, so that however long those take, mails leave.
 */
export const startWorker = async (
  deps: Deps,
  mailer: Mailer,
  connectionString: string,
  tasks: Record<string, Task> = {},
  outside: Record<string, Task> = {},
): Promise<{ stop: () => Promise<void> }> => {
  const common = { connectionString, noHandleSignals: true, pollInterval, logger: loggerFor(deps) }
  const queues = [
    await runNamed({
      ...common,
      concurrency: 4,
      // Only the rhythm is the machine's; what is due is judged by our clock. Missed minutes are not made up for.
      crontab: '* * * * * tick\n17 * * * * clean-up',
      taskList: taskListOf(deps, mailer, tasks),
    }),
  ]
  if (Object.keys(outside).length > 0)
    queues.push(
      await runNamed({
        ...common,
        // As many connections as graphile-worker brings along; none is held while a receiver is waited for.
        concurrency: 10,
        crontab: '',
        taskList: namedTasks(deps, outside),
      }),
    )
  const names = queues.map(({ name }) => name)
  const watch = await watchOver(connectionString, names, deps.log)
  return {
    stop: async () => {
      await Promise.all(queues.map(({ runner }) => runner.stop()))
      await watch.stop()
    },
  }
}
