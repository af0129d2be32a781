import * as companies from '../../db/stores/company/companies.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import type { OpenChallenge } from '../../db/stores/sign-in/challenges.ts'
import type { Caller, Deps } from '../../deps.ts'
import { decide } from '../../policy/decide.ts'
import { Problem } from '../../problem.ts'
import type { Bearer } from '../context.ts'
import { gatherFacts } from '../facts.ts'
import type { Verified } from '../verified.ts'
import { viewSignIn } from '../view-sign-in.ts'
import { openSession } from './finish.ts'

/**
 * After the temporary passcode: in, at aal 1, where no company requires a factor; else on to enrolling one, or to
 * the company's own. Asked again at every sign-in until a factor is bound. @throws Problem `attempt-over`
 */
export const afterMailbox = async (
  deps: Deps,
  caller: Caller,
  bearer: Bearer,
  challenge: OpenChallenge,
): Promise<Verified> => {
  const finished = await deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const attempt = await attempts.findById(tx, challenge.attemptId ?? '', now)
    if (attempt?.outcome === 'duo') return null
    if (attempt?.outcome !== 'passcode') throw new Problem('attempt-over')
    const required = await companies.requiresAny(tx, attempt.companyIds, now)
    const { input } = await gatherFacts(tx, attempt.personId, now)
    const { outcome, reason } = decide({ ...input, passcodeDue: false })
    if (!required && (outcome === 'remind' || outcome === 'let-in'))
      return { token: await openSession(tx, deps, caller, attempt, null), by: attempt.personEmail }
    const goesOn = outcome === 'must-enrol' || outcome === 'duo'
    if (!goesOn || !(await attempts.turnTo(tx, attempt.id, { outcome, reason }, now)))
      throw new Problem('attempt-over')
    return null
  })
  if (finished) return { result: { outcome: 'signed-in' }, token: finished.token, finishedBy: finished.by }
  return { result: { outcome: 'step', signIn: await viewSignIn(deps, bearer.token) }, token: null }
}
