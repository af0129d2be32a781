import type { ChallengeView } from '@countersign/contract'
import { restsOnMailbox } from '../../db/stores/duo/company-bound.ts'
import type { Caller, Deps } from '../../deps.ts'
import { askMailbox } from '../../enrolment/first-factor.ts'
import { Problem } from '../../problem.ts'
import type { Bearer } from '../context.ts'
import { viewSignIn } from '../view-sign-in.ts'
import { subjectOf } from './start-challenge.ts'

/**
 * Mails the temporary passcode that a sign-in has come to; a reload finds the one that is on its way. Only whoever
 * knows the password gets here (attack A-35), and not by the same mailbox.
 * @throws Problem `wrong-step`, `passcode-held`, `too-many-requests`, `cooling-down`
 */
export const startMailbox = async (deps: Deps, caller: Caller, bearer: Bearer): Promise<ChallengeView> => {
  const subject = await subjectOf(deps, bearer)
  if (!subject.attempt) throw new Problem('wrong-step')
  const { step } = await viewSignIn(deps, bearer.token)
  if (step.kind !== 'confirm-email') throw new Problem('wrong-step')
  const lost = subject.attempt.outcome === 'passcode'
  if (lost && (await restsOnMailbox(deps.sql, subject.person.id, deps.clock.now())))
    throw new Problem('passcode-held')
  return askMailbox(deps, caller, subject, null)
}
