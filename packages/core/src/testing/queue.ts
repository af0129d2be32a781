import { Logger, runOnce, type TaskList } from 'graphile-worker'
import type { Sql } from '../db/connect.ts'
import type { Deps } from '../deps.ts'
import type { OutgoingMail } from '../gateways/mailer.ts'
import { outsideTasks, tasks } from '../jobs/tasks.ts'
import { taskListOf } from '../mail/worker.ts'

/** The queue in a test's hands: nothing is done until it is told to, and mails are kept instead of sent. */
export const testQueue = (deps: Deps, connectionString: string, owner: Sql) => {
  const mails: OutgoingMail[] = []
  const fault: { reason: string | null } = { reason: null }
  const mailer = {
    send: async (mail: OutgoingMail) => {
      if (fault.reason) throw new Error(fault.reason)
      mails.push(mail)
    },
    close: () => {},
  }
  const quiet = new Logger(() => () => {})
  const run = (taskList: TaskList) =>
    runOnce({ connectionString, taskList, logger: quiet, noHandleSignals: true, concurrency: 4 })
  const { mail, ...others } = taskListOf(deps, mailer, { ...tasks, ...outsideTasks })
  /** All that is due but the mails themselves. */
  const prepare = () => run(others)
  const work = async () => {
    await prepare()
    await run({ mail })
    return mails
  }
  /** Drops what an earlier test left behind. */
  const forget = async () => {
    mails.length = 0
    fault.reason = null
    await owner.begin(async (tx) => {
      await tx`set local role countersign_worker`
      await tx`delete from graphile_worker._private_jobs`
    })
  }
  return { mails, fault, prepare, work, forget }
}
