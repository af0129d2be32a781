import { randomUUID } from 'node:crypto'
import { record } from '../audit/record.ts'
import { mayRequire } from '../company/require.ts'
import type { Db } from '../db/connect.ts'
import * as store from '../db/stores/duo/duo.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import type { DuoKeys } from '../gateways/duo/duo.ts'
import { queueBatch } from '../mail/queue-batch.ts'
import { type ActingSession, byActor } from '../people/acting.ts'
import { Problem } from '../problem.ts'
import { secretBinding } from './keys.ts'
import { testedAt } from './test-connection.ts'

/**
 * Sets Duo up for the company, or puts other keys in place of those in use; either way only keys that were just
 * tested. Everybody concerned is mailed at the first.
 * @throws Problem `not-allowed`, `needs-own-factor`, `step-up-required`, `duo-not-a-host`, `duo-untested`, `conflict`
 */
export const saveKeys = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  keys: DuoKeys,
  tested: string,
): Promise<void> => {
  const admin = await mayRequire(deps, session)
  if (!deps.gateways.duo.isHost(keys.apiHost))
    throw new Problem('duo-not-a-host', { fields: { apiHost: 'duo-not-a-host' } })
  const at = testedAt(deps, admin, keys, tested)
  await deps.sql.begin(async (tx) => {
    const inUse = await store.findInUse(tx, admin.companyId)
    const id = inUse?.id ?? randomUUID()
    const secret = deps.seal.close(keys.secretKey, secretBinding({ id, companyId: admin.companyId }))
    const stored = { integrationKey: keys.integrationKey, apiHost: keys.apiHost, secret, testedAt: at }
    const now = deps.clock.now()
    const saved = inUse
      ? await store.rotate(tx, id, stored, now)
      : await store.insert(tx, { ...stored, id, companyId: admin.companyId, by: admin.personId, now })
    if (!saved) throw new Problem('conflict')
    if (!inUse) await tellEverybody(tx, deps, admin, id)
    await record(tx, now, caller, {
      event: inUse ? 'duo.rotated' : 'duo.set-up',
      ...byActor(admin),
      detail: { integrationKey: keys.integrationKey, apiHost: keys.apiHost },
    })
  })
}

const tellEverybody = (db: Db, deps: Deps, admin: ActingSession, id: string) =>
  queueBatch(db, deps.clock.now(), {
    key: `duo-set-up:${id}`,
    companyId: admin.companyId,
    template: 'duo-set-up',
    audience: 'duo-due',
    params: { company: admin.companyName, origin: deps.origin, by: admin.name },
  })
