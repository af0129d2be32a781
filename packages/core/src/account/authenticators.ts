import { record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import * as companies from '../db/stores/company/companies.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { factorNamed } from '../factors/registry.ts'
import { notify } from '../mail/notify.ts'
import { Problem } from '../problem.ts'
import { wake } from '../push/wakes.ts'
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
 * Removes a factor for good; the sessions that rested on it end.
 * @throws Problem `step-up-required`, `not-found`, `last-factor` where a company requires one
 */
export const removeAuthenticator = async (
  deps: Deps,
  caller: Caller,
  session: sessions.LiveSession,
  id: string,
) => {
  requireFresh(deps, session)
  const person = { id: session.personId, name: session.name, email: session.email }
  await deps.sql.begin((tx) => dropAuthenticator(tx, deps, caller, person, id, { sessionId: session.id }))
}

/**
 * Removal in the caller's transaction, whoever may ask for it. With the last factor the recovery codes go too, so
 * that none outlives what it was to recover. The session that asks, if any, stays; if it was proven by what goes,
 * it has the password to show, and no more.
 */
export const dropAuthenticator = async (
  tx: Db,
  deps: Deps,
  caller: Caller,
  person: { id: string; name: string; email: string },
  id: string,
  by: { sessionId: string | null },
) => {
  const now = deps.clock.now()
  // Two parallel removals must not each see the other's factor as the one that stays.
  await persons.lock(tx, person.id)
  const { held, companyIds } = await gatherFacts(tx, person.id, now)
  const row = held.find((one) => one.id === id)
  if (!row || isRecovery(row)) throw new Problem('not-found')
  // What a company brought is the company's to take away.
  if (factorNamed(row.factor).about.role === 'company') throw new Problem('not-allowed')
  const usable = held.filter((one) => one.id !== id && one.lockedAt === null && !isRecovery(one))
  if (usable.length === 0 && (await companies.requiresAny(tx, companyIds, now)))
    throw new Problem('last-factor')
  await authenticators.remove(tx, person.id, id, now)
  if (usable.length === 0)
    for (const codes of held.filter(isRecovery)) await authenticators.remove(tx, person.id, codes.id, now)
  await attempts.endAll(tx, person.id, now)
  await sessions.endRestingOn(tx, id, now, by.sessionId)
  if (by.sessionId) await sessions.lower(tx, by.sessionId, id, usable.length === 0)
  await wake(tx, `device:${id}`)
  await notify(tx, deps, caller, person, { template: 'factor-removed', key: id, extra: { label: row.name } })
  await record(tx, now, caller, {
    event: 'authenticator.removed',
    companyIds,
    actorId: person.id,
    subjectId: person.id,
    sessionId: by.sessionId,
    factor: row.factor,
    detail: { name: row.name, last: usable.length === 0 },
  })
}

const isRecovery = (row: authenticators.AuthenticatorRow) => factorNamed(row.factor).about.role === 'recovery'
