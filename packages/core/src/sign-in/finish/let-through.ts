import { record } from '../../audit/record.ts'
import * as companies from '../../db/stores/company/companies.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import type { OpenChallenge } from '../../db/stores/sign-in/challenges.ts'
import type { Caller, Deps } from '../../deps.ts'
import type { Verdict } from '../../factors/factor.ts'
import { type Verified, whose } from '../verified.ts'
import { openSession } from './finish.ts'

type Waived = Extract<Verdict<unknown, unknown>, { kind: 'waived' }>

/**
 * Somebody was let pass without being asked. The company said so, so they come in, with what they proved before and
 * no more: on the password alone that is aal 1, and nothing is enrolled. Null where that is not enough: a company
 * requires a factor, or a fresh one is asked for.
 */
export const letThrough = async (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  verdict: Waived,
): Promise<Verified | null> => {
  const { attemptId } = challenge
  if (!attemptId) return null
  const now = deps.clock.now()
  return deps.sql.begin(async (tx) => {
    const attempt = await attempts.findById(tx, attemptId, now)
    if (!attempt) return null
    // Whoever turns the requirement on waits for us, and so ends the session that we are about to begin.
    if (!attempt.factorAt && (await companies.requiresAny(tx, attempt.companyIds, now))) return null
    const token = await openSession(tx, deps, caller, attempt, null)
    await record(tx, now, caller, { event: 'sign-in.factor', ...whose(challenge), detail: verdict.detail })
    return { result: { outcome: 'signed-in' }, token, finishedBy: challenge.personEmail }
  })
}
