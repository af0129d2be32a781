import { Logger, run, type TaskList } from 'graphile-worker'
import type { Deps } from '../deps.ts'
import type { Mailer } from '../gateways/mailer.ts'
import { sendMail } from './send-mail.ts'

/** Work that the queue does by name; a feature adds its line. */
export type Task = (deps: Deps, payload: Record<string, unknown>) => Promise<void>

/** The queue's own words go to our log; its chatter about polling does not. */
const loggerFor = (deps: Deps) =>
  new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') deps.log.warn({ queue: level }, message)
  })

/** Each task as the queue calls it. */
export const taskListOf = (deps: Deps, mailer: Mailer, tasks: Record<string, Task>): TaskList => ({
  ...Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown) => task(deps, payload as Record<string, unknown>),
    ]),
  ),
  mail: (payload, { job }) => {
    const isLast = job.attempts >= job.max_attempts
    return sendMail(deps, mailer, (payload as { id: string }).id, isLast)
  },
})

/**
 * The queue, in this process: graphile-worker on its own login. Jobs were enqueued in the transaction of what
 * caused them; a job that throws is tried again with exponential back-off.
 */
export const startWorker = async (
  deps: Deps,
  mailer: Mailer,
  connectionString: string,
  tasks: Record<string, Task> = {},
): Promise<{ stop: () => Promise<void> }> => {
  const runner = await run({
    connectionString,
    concurrency: 4,
    noHandleSignals: true,
    // A safety net only: LISTEN wakes the worker as soon as a job is committed.
    pollInterval: 2000,
    // Only the rhythm is the machine's; what is due is judged by our clock. Missed minutes are not made up for.
    crontab: '* * * * * tick\n17 * * * * clean-up',
    taskList: taskListOf(deps, mailer, tasks),
    logger: loggerFor(deps),
  })
  return { stop: () => runner.stop() }
}
