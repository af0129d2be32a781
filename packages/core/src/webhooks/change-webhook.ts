import { record } from '../audit/record.ts'
import * as deliveries from '../db/stores/webhooks/deliveries.ts'
import * as webhooks from '../db/stores/webhooks/endpoints.ts'
import { wake } from '../db/stores/webhooks/sends.ts'
import type { Caller, Deps } from '../deps.ts'
import { type ActingSession, byActor } from '../people/acting.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { requireFresh } from '../sign-in/session.ts'

/** Sends a test: an event like any other, which this webhook hears of whatever it asked for. @throws Problem `not-found` */
export const testWebhook = (deps: Deps, caller: Caller, admin: ActingSession, id: string): Promise<void> =>
  deps.sql.begin(async (tx) => {
    const webhook = await webhooks.hold(tx, admin.companyId, id)
    if (!webhook) throw new Problem('not-found')
    await record(tx, deps.clock.now(), caller, {
      event: 'webhook.tested',
      ...byActor(admin),
      detail: { webhook: id, url: webhook.url },
    })
  })

/** Sends an event once more, under the id it had. @throws Problem `not-found` */
export const replayEvent = (
  deps: Deps,
  caller: Caller,
  admin: ActingSession,
  id: string,
  seq: number,
): Promise<void> =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const webhook = await webhooks.hold(tx, admin.companyId, id)
    if (!webhook || !(await deliveries.replay(tx, admin.companyId, id, seq, now)))
      throw new Problem('not-found')
    await wake(tx, id)
    await record(tx, now, caller, {
      event: 'webhook.replayed',
      ...byActor(admin),
      detail: { webhook: id, url: webhook.url, number: seq },
    })
  })

/** Ends a webhook for good. @throws Problem `step-up-required`, `not-found` */
export const disableWebhook = async (deps: Deps, caller: Caller, admin: ActingSession, id: string) => {
  requireFresh(deps, admin)
  const now = deps.clock.now()
  await deps.sql.begin(async (tx) => {
    const row = await webhooks.disable(tx, admin.companyId, id, now, null)
    if (!row) throw new Problem('not-found')
    await record(tx, now, caller, {
      event: 'webhook.disabled',
      ...byActor(admin),
      detail: { webhook: id, url: row.url },
    })
  })
}

/** Takes back that one was switched off as gone. @throws Problem `step-up-required`, `not-found`, `too-many` */
export const enableWebhook = async (deps: Deps, caller: Caller, admin: ActingSession, id: string) => {
  requireFresh(deps, admin)
  await deps.sql.begin(async (tx) => {
    const gone = await webhooks.holdGone(tx, admin.companyId, id)
    if (!gone) throw new Problem('not-found')
    if (!(await webhooks.enable(tx, admin.companyId, id, parameters.webhooks.perCompany)))
      throw new Problem('too-many')
    await record(tx, deps.clock.now(), caller, {
      event: 'webhook.switched-on',
      ...byActor(admin),
      detail: { webhook: id, url: gone.url },
    })
  })
}
