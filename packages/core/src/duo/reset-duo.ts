import type { DuoResetView } from '@countersign/contract'
import { record } from '../audit/record.ts'
import { mayRequire } from '../company/require.ts'
import * as store from '../db/stores/duo/duo.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { queueBatch } from '../mail/queue-batch.ts'
import { byActor } from '../people/acting.ts'
import { Problem } from '../problem.ts'
import { viewReset } from './view-duo.ts'

/**
 * "Reset organization 2FA": Duo goes, with all that rests on it, in one short transaction; the mails follow from
 * the queue. Whether a factor is required stays as it was. Statement by statement in this order, since each has
 * to see what sign-ins finished while the one before it waited for them.
 * @throws Problem `not-allowed`, `needs-own-factor`, `step-up-required`, `duo-not-set-up`
 */
export const resetDuo = async (deps: Deps, caller: Caller, session: LiveSession): Promise<DuoResetView> => {
  const admin = await mayRequire(deps, session)
  const { companyId } = admin
  await deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const inUse = await store.findInUse(tx, companyId)
    const by = { companyId, by: admin.personId, now }
    if (!inUse || !(await store.retire(tx, { ...by, id: inUse.id }))) throw new Problem('duo-not-set-up')
    const people = await store.unbindAll(tx, companyId, now)
    const attemptsEnded = await store.endAttempts(tx, companyId, now)
    const sessionsEnded = await store.endSessions(tx, { companyId, session: admin.id, now })
    await store.noteReset(tx, inUse.id, { people, sessionsEnded })
    await queueBatch(tx, now, {
      key: `duo-reset:${inUse.id}`,
      companyId,
      template: 'duo-reset',
      audience: 'duo-reset',
      params: { company: admin.companyName, origin: deps.origin, by: admin.name },
    })
    await record(tx, now, caller, {
      event: 'duo.reset',
      ...byActor(admin),
      detail: { people, sessionsEnded, attemptsEnded },
    })
  })
  const view = await viewReset(deps.sql, companyId)
  if (!view) throw new Problem('duo-not-set-up')
  return view
}
