import type { ChallengeView } from '@countersign/contract'
import { days } from '../../clock.ts'
import * as authenticators from '../../db/stores/factors/authenticators.ts'
import * as phoneChanges from '../../db/stores/recovery/phone-changes.ts'
import * as sessions from '../../db/stores/sign-in/sessions.ts'
import * as throttles from '../../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../../deps.ts'
import { openEnrolment } from '../../enrolment/start-enrolment.ts'
import { hashToken } from '../../keys/tokens.ts'
import { isFresh } from '../../policy/freshness.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { subjectOf } from '../../sign-in/challenge/start-challenge.ts'
import type { Bearer } from '../../sign-in/context.ts'

/**
 * A new phone number: asked for in the profile by somebody who just proved a factor, or at the challenge by
 * somebody who cannot. Either way the new number is verified first.
 * @throws Problem `step-up-required`, `wrong-step`, `phone-change-waiting`, `too-many-requests`
 */
export const startPhoneChange = async (
  deps: Deps,
  caller: Caller,
  bearer: Bearer,
): Promise<ChallengeView> => {
  const subject = await subjectOf(deps, bearer)
  const held = await authenticators.listHeld(deps.sql, subject.person.id)
  const hasPhone = held.some((row) => row.factor === 'phone')
  if (subject.attempt) await mayWait(deps, subject.attempt, held.length > 0)
  else if (held.length > 0) await mayReplace(deps, bearer)
  // Without a number to replace it is an ordinary enrolment, recovery codes included.
  const purpose = subject.attempt || hasPhone ? 'phone-change' : 'enrol'
  return deps.sql.begin((tx) => openEnrolment(tx, deps, caller, subject, 'phone', purpose))
}

const mayReplace = async (deps: Deps, bearer: Bearer) => {
  const now = deps.clock.now()
  const session = await sessions.findLive(deps.sql, hashToken(bearer.token), now)
  if (!session || !isFresh(session, now)) throw new Problem('step-up-required')
}

const mayWait = async (
  deps: Deps,
  attempt: { personId: string; outcome: string; factorAt: Date | null },
  enrolled: boolean,
) => {
  const lost = attempt.outcome === 'challenge' || attempt.outcome === 'locked'
  if (!lost || !enrolled || attempt.factorAt) throw new Problem('wrong-step')
  const waiting = await phoneChanges.findWaiting(deps.sql, attempt.personId)
  if (waiting) throw new Problem('phone-change-waiting', { detail: waiting.readyAt.toISOString() })
  const { perDay } = parameters.phoneChange
  const wait = await throttles.hit(
    deps.sql,
    `phone-change:${attempt.personId}`,
    perDay,
    days(1),
    deps.clock.now(),
  )
  if (wait !== null) throw new Problem('too-many-requests', { retryAfter: wait })
}
