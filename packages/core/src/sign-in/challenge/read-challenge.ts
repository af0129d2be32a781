import type { ChallengeView } from '@countersign/contract'
import * as challenges from '../../db/stores/sign-in/challenges.ts'
import type { Caller, Deps } from '../../deps.ts'
import type { SendChannel } from '../../factors/factor.ts'
import { factorNamed } from '../../factors/registry.ts'
import { Problem } from '../../problem.ts'
import type { Topic } from '../../push/wakes.ts'
import { type Bearer, contextOf, ownerOf, stateBinding, viewChallenge } from '../context.ts'
import { deliver } from './deliver.ts'

/** What an open challenge shows; changes nothing. @throws Problem `challenge-over` */
export const readChallenge = async (deps: Deps, bearer: Bearer, id: string): Promise<ChallengeView> => {
  const row = await challenges.findOpen(deps.sql, ownerOf(bearer), id, deps.clock.now())
  if (!row) throw new Problem('challenge-over')
  return viewChallenge(deps.sql, deps, row, deps.seal.open(row.state, stateBinding(row)))
}

/**
 * What a browser waits for whose challenge is answered elsewhere: news for its sign-in or session, until the
 * challenge is over. @throws Problem `challenge-over`
 */
export const waitForChallenge = async (
  deps: Deps,
  bearer: Bearer,
  id: string,
): Promise<{ topic: Topic; life: number }> => {
  const now = deps.clock.now()
  const row = await challenges.findOpen(deps.sql, ownerOf(bearer), id, now)
  const owner = row?.attemptId ?? row?.sessionId
  if (!row || !owner) throw new Problem('challenge-over')
  return { topic: `owner:${owner}`, life: row.expiresAt.getTime() - now.getTime() }
}

/**
 * Sends the code of an open challenge again, over the channel chosen. A code that is still valid is kept.
 * @throws Problem `challenge-over`, `wrong-step`, `cooling-down`, `too-many-requests`, `texts-…`
 */
export const resendCode = async (
  deps: Deps,
  caller: Caller,
  bearer: Bearer,
  id: string,
  channel: SendChannel,
): Promise<ChallengeView> => {
  const row = await challenges.findOpen(deps.sql, ownerOf(bearer), id, deps.clock.now())
  if (!row) throw new Problem('challenge-over')
  const factor = factorNamed(row.factor)
  const state = deps.seal.open(row.state, stateBinding(row))
  const what = { state, channel, companyIds: row.companyIds, again: true }
  const next = (await deliver(deps, caller, factor, await contextOf(deps, caller, row), what)).state
  if (!(await challenges.putState(deps.sql, id, deps.seal.close(next, stateBinding(row)), deps.clock.now())))
    throw new Problem('challenge-over')
  return viewChallenge(deps.sql, deps, row, next)
}
