import { owe } from '../../db/stores/webhooks/deliveries.ts'
import { wake } from '../../db/stores/webhooks/sends.ts'
import type { Deps } from '../../deps.ts'
import { topicOf } from '../topics.ts'

/** Audit rows looked at in one statement. */
const lot = 500

const known = { events: Object.keys(topicOf), topics: Object.values<string>(topicOf) }

/** The queue's task: owes a company's new events to the webhooks that asked for them, and lets them be sent. */
export const oweEvents = async (deps: Deps, companyId: string): Promise<void> => {
  let behind = true
  while (behind)
    behind = await deps.sql.begin(async (tx) => {
      const rows = await owe(tx, companyId, known, deps.clock.now(), lot)
      for (const { id } of rows) await wake(tx, id)
      return rows.some((row) => row.behind)
    })
}
