import type { Db } from '../db/connect.ts'
import * as companies from '../db/stores/company/companies.ts'
import { holdsFactor } from '../db/stores/factors/second-factors.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { type ActingSession, actingIn } from '../people/acting.ts'
import { isRequired } from '../policy/decide.ts'
import { Problem } from '../problem.ts'
import { requireFresh } from '../sign-in/session.ts'
import { bringIntoForce } from './bring-into-force.ts'

/**
 * Who may turn the requirement on, for both doors: a Security Admin who holds a second factor (attack A-63), proved
 * it just now, and is not too late.
 * @throws Problem `not-allowed`, `needs-own-factor`, `step-up-required`, `already-required`
 */
export const mayRequire = async (deps: Deps, session: LiveSession): Promise<ActingSession> => {
  const admin = actingIn(session, 'security_admin')
  const [own] = await deps.sql`
    select 1 from persons p where p.id = ${admin.personId} and ${holdsFactor(deps.sql, deps.sql`p.id`)}`
  if (!own) throw new Problem('needs-own-factor')
  requireFresh(deps, admin)
  return admin
}

/** The company, kept still for the rest of the transaction. @throws Problem `not-found`, `already-required` */
export const lockOpen = async (db: Db, deps: Deps, companyId: string): Promise<companies.CompanyRow> => {
  const company = await companies.lock(db, companyId)
  if (!company) throw new Problem('not-found')
  if (isRequired(company, deps.clock.now())) throw new Problem('already-required')
  return company
}

/** Compared as people type it: without regard to case and spaces around. */
const sameName = (a: string, b: string) =>
  a.trim().normalize('NFC').toLocaleLowerCase() === b.trim().normalize('NFC').toLocaleLowerCase()

/**
 * "Enable": two-factor authentication for all people of the company. There is no way back.
 * @throws Problem those of `mayRequire`, `name-mismatch`
 */
export const requireTwoFactor = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  typedName: string,
) => {
  const admin = await mayRequire(deps, session)
  if (!sameName(typedName, admin.companyName))
    throw new Problem('name-mismatch', { fields: { companyName: 'name-mismatch' } })
  await deps.sql.begin(async (tx) => {
    const company = await lockOpen(tx, deps, admin.companyId)
    const at = deps.clock.now()
    await bringIntoForce(tx, deps, company, { session: admin, caller }, { at, door: 'company' })
  })
}
