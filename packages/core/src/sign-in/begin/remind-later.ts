import { record } from '../../audit/record.ts'
import { after } from '../../clock.ts'
import * as companies from '../../db/stores/company/companies.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import type { Caller, Deps } from '../../deps.ts'
import { hashToken } from '../../keys/tokens.ts'
import { decide } from '../../policy/decide.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { gatherFacts } from '../facts.ts'
import { openSession } from '../finish/finish.ts'

/**
 * "Remind me in 48 hours": lets the person in on the password alone, and no prompt until then.
 * Decided anew, since a company may have begun to require a factor meanwhile.
 * @returns the session's token, and whose sign-in it was
 * @throws Problem `attempt-over`, `wrong-step`
 */
export const remindLater = async (
  deps: Deps,
  caller: Caller,
  attemptToken: string,
): Promise<{ token: string; email: string }> => {
  const now = deps.clock.now()
  return deps.sql.begin(async (tx) => {
    const attempt = await attempts.findOpen(tx, hashToken(attemptToken), now)
    if (!attempt) throw new Problem('attempt-over')
    // Whoever turns the requirement on waits for us, and so ends the session that we are about to begin.
    if (await companies.requiresAny(tx, attempt.companyIds, now)) throw new Problem('wrong-step')
    const facts = await gatherFacts(tx, attempt.personId, now)
    if (attempt.outcome !== 'remind' || decide(facts.input).outcome !== 'remind')
      throw new Problem('wrong-step')
    const remindAt = after(now, parameters.remind.after)
    await tx`update memberships set remind_at = ${remindAt} where person_id = ${attempt.personId}`
    await record(tx, now, caller, {
      event: 'sign-in.reminded',
      companyIds: attempt.companyIds,
      actorId: attempt.personId,
      subjectId: attempt.personId,
      attemptId: attempt.id,
      detail: { remindAt: remindAt.toISOString() },
    })
    return { token: await openSession(tx, deps, caller, attempt, null), email: attempt.personEmail }
  })
}
