import * as people from '../db/stores/recovery/people.ts'
import type { LiveSession } from '../db/stores/sessions.ts'
import type { Deps } from '../deps.ts'
import { isFresh } from '../policy/freshness.ts'
import { Problem } from '../problem.ts'

/** The company a Security Admin acts in. @throws Problem `not-allowed` for everybody else */
export const companyOfAdmin = (session: LiveSession): { id: string; name: string } => {
  if (session.role !== 'security_admin' || !session.companyId) throw new Problem('not-allowed')
  return { id: session.companyId, name: session.companyName ?? '' }
}

/** @throws Problem `needs-own-factor`, `step-up-required` unless the admin's own factor was proven just now */
export const requireProvenAdmin = async (deps: Deps, session: LiveSession) => {
  const company = companyOfAdmin(session)
  if (isFresh(session, deps.clock.now())) return company
  throw new Problem(
    (await people.hasFactor(deps.sql, session.personId)) ? 'step-up-required' : 'needs-own-factor',
  )
}
