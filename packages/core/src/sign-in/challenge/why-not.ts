import * as challenges from '../../db/stores/sign-in/challenges.ts'
import * as guesses from '../../db/stores/sign-in/guesses.ts'
import type { Deps } from '../../deps.ts'
import { Problem } from '../../problem.ts'
import { type Bearer, ownerOf } from '../context.ts'

/** Only the owner of a live challenge learns more than that it is over. */
export const whyNot = async (deps: Deps, bearer: Bearer, id: string): Promise<Problem> => {
  const now = deps.clock.now()
  const open = await challenges.findOpen(deps.sql, ownerOf(bearer), id, now)
  if (!open) return new Problem('challenge-over')
  const until = await guesses.blockedUntil(deps.sql, open.personId, now)
  if (until)
    return new Problem('too-many-tries', { retryAfter: Math.ceil((until.getTime() - now.getTime()) / 1000) })
  return new Problem('too-many-tries', { triesLeft: 0, detail: 'challenge' })
}
