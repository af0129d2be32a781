import { record } from '../../audit/record.ts'
import * as challenges from '../../db/stores/sign-in/challenges.ts'
import type { Caller, Deps } from '../../deps.ts'
import { factorNamed, factors } from '../../factors/registry.ts'
import { Problem } from '../../problem.ts'
import { type Bearer, ownerOf, stateBinding } from '../context.ts'
import type { Verified } from '../verified.ts'
import { subjectOf } from './start-challenge.ts'
import { verifyChallenge } from './verify-challenge.ts'

const leaving = factors.filter((one) => one.recognises).map((one) => one.name)

/**
 * A browser came back from another site. Only a visit that this very browser began, in this sign-in or session, is
 * found: the state of another browser, person or company is none of its own (attack A-50).
 * @throws Problem `challenge-over`, and those of verifying
 */
export const comeBack = async (
  deps: Deps,
  caller: Caller,
  bearer: Bearer,
  callback: Record<string, string>,
): Promise<Verified> => {
  const now = deps.clock.now()
  const open = await challenges.listOpen(deps.sql, ownerOf(bearer), leaving, now)
  const own = open.find((row) =>
    factorNamed(row.factor).recognises?.(deps.seal.open(row.state, stateBinding(row)), callback),
  )
  if (own) return verifyChallenge(deps, caller, bearer, own.id, { callback })
  const subject = await subjectOf(deps, bearer)
  await record(deps.sql, now, caller, {
    event: bearer.kind === 'attempt' ? 'sign-in.factor' : 'step-up',
    outcome: 'failed',
    companyIds: subject.companyIds,
    actorId: subject.person.id,
    subjectId: subject.person.id,
    ...subject.owner,
    detail: { problem: 'state-mismatch' },
  })
  throw new Problem('challenge-over')
}
