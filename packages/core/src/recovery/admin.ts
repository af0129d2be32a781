import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { type ActingSession, actingIn } from '../people/acting.ts'
import { requireProven } from '../people/proven.ts'

/** The company a Security Admin acts in. @throws Problem `company-needed`, `not-allowed` for everybody else */
export const companyOfAdmin = (session: LiveSession): { id: string; name: string } => {
  const acting = actingIn(session, 'security_admin')
  return { id: acting.companyId, name: acting.companyName }
}

/** @throws Problem `needs-own-factor`, `step-up-required` unless the admin's own factor was proven just now */
export const requireProvenAdmin = async (deps: Deps, session: LiveSession): Promise<ActingSession> => {
  const acting = actingIn(session, 'security_admin')
  await requireProven(deps, session)
  return acting
}
