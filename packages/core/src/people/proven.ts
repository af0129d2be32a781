import * as authenticators from '../db/stores/factors/authenticators.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { factorNamed } from '../factors/registry.ts'
import { isFresh } from '../policy/freshness.ts'
import { Problem } from '../problem.ts'

/**
 * For sensitive acts on others: a second factor proven here within five minutes. Who has none is told to set one
 * up, since asking for it would lead nowhere.
 * @throws Problem `step-up-required`, `needs-own-factor`
 */
export const requireProven = async (deps: Deps, session: LiveSession): Promise<void> => {
  if (isFresh(session, deps.clock.now())) return
  throw new Problem((await proves(deps, session)) ? 'step-up-required' : 'needs-own-factor')
}

/** Whether the person holds a second factor that can be asked for now. */
export const proves = async (deps: Deps, session: LiveSession): Promise<boolean> => {
  const held = await authenticators.listHeld(deps.sql, session.personId)
  return held.some((row) => row.lockedAt === null && factorNamed(row.factor).about.role !== 'recovery')
}
