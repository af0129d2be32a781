import { record } from '../audit/record.ts'
import * as attempts from '../db/stores/attempts.ts'
import * as authenticators from '../db/stores/authenticators.ts'
import * as companies from '../db/stores/companies.ts'
import * as persons from '../db/stores/persons.ts'
import * as sessions from '../db/stores/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { factorNamed } from '../factors/registry.ts'
import { notify } from '../mail/notify.ts'
import { Problem } from '../problem.ts'
import { gatherFacts } from '../sign-in/facts.ts'
import { ofSession, requireFresh } from '../sign-in/session.ts'

/** @throws Problem `not-found` */
export const renameAuthenticator = (
  deps: Deps,
  caller: Caller,
  session: sessions.LiveSession,
  id: string,
  name: string,
) =>
  deps.sql.begin(async (tx) => {
    if (!(await authenticators.rename(tx, session.personId, id, name))) throw new Problem('not-found')
    await record(tx, deps.clock.now(), caller, {
      event: 'authenticator.renamed',
      ...ofSession(session),
      detail: { name },
    })
  })

/**
 * Removes a factor for good; the sessions that rested on it end. With the last one the recovery codes go too,
 * so that none outlives what it was to recover.
 * @throws Problem `step-up-required`, `not-found`, `last-factor` where a company requires one
 */
export const removeAuthenticator = async (
  deps: Deps,
  caller: Caller,
  session: sessions.LiveSession,
  id: string,
) => {
  requireFresh(deps, session)
  await deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    // Two parallel removals must not each see the other's factor as the one that stays.
    await persons.lock(tx, session.personId)
    const { held, companyIds } = await gatherFacts(tx, session.personId, now)
    const row = held.find((one) => one.id === id)
    if (!row || factorNamed(row.factor).about.role === 'recovery') throw new Problem('not-found')
    const usable = held.filter(
      (one) => one.id !== id && one.lockedAt === null && factorNamed(one.factor).about.role !== 'recovery',
    )
    if (usable.length === 0 && (await companies.requiresAny(tx, companyIds, now)))
      throw new Problem('last-factor')
    await authenticators.remove(tx, session.personId, id, now)
    if (usable.length === 0)
      for (const codes of held.filter((one) => factorNamed(one.factor).about.role === 'recovery'))
        await authenticators.remove(tx, session.personId, codes.id, now)
    await attempts.endAll(tx, session.personId, now)
    await sessions.endRestingOn(tx, id, now, session.id)
    if (usable.length === 0) await sessions.lower(tx, session.id)
    await notify(
      tx,
      deps,
      caller,
      { id: session.personId, name: session.name, email: session.email },
      {
        template: 'factor-removed',
        key: id,
        extra: { label: row.name },
      },
    )
    await record(tx, now, caller, {
      event: 'authenticator.removed',
      ...ofSession(session),
      factor: row.factor,
      detail: { name: row.name, last: usable.length === 0 },
    })
  })
}
