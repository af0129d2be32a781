import { record } from '../../audit/record.ts'
import * as authenticators from '../../db/stores/factors/authenticators.ts'
import type { OpenChallenge } from '../../db/stores/sign-in/challenges.ts'
import type { Caller, Deps } from '../../deps.ts'
import type { WrongProblem } from '../../factors/factor.ts'
import { factorNamed } from '../../factors/registry.ts'
import { notify } from '../../mail/notify.ts'
import { Problem } from '../../problem.ts'
import { whose } from '../verified.ts'

/** Somebody else may hold a copy: the authenticator answers to nobody until it is bound anew. */
export const lockCompromised = (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  problem: WrongProblem,
): Promise<Problem> =>
  deps.sql.begin(async (tx) => {
    await authenticators.lock(tx, challenge.authenticatorId, deps.clock.now())
    const person = { id: challenge.personId, name: challenge.personName, email: challenge.personEmail }
    await notify(tx, deps, caller, person, {
      template: 'factor-compromised',
      key: `${challenge.authenticatorId}:${challenge.version}`,
      extra: { label: factorNamed(challenge.factor).about.label },
    })
    await record(tx, deps.clock.now(), caller, {
      event: 'authenticator.locked',
      ...whose(challenge),
      detail: { problem, reason: 'copied' },
    })
    return new Problem(problem, { detail: 'locked' })
  })
