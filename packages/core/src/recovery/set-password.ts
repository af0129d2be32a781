import type { SignInView } from '@countersign/contract'
import { requireStrong } from '../account/password-rules.ts'
import { record } from '../audit/record.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import type { Caller, Deps } from '../deps.ts'
import { hashToken } from '../keys/tokens.ts'
import { Problem } from '../problem.ts'
import { viewSignIn } from '../sign-in/view-sign-in.ts'

/**
 * First step of a recovery. The password is kept on the attempt and becomes the person's when the new factor is
 * proven, so that giving up half way leaves the account as it was.
 * @throws Problem `attempt-over`, `wrong-step`, `password-…`
 */
export const setRecoveryPassword = async (
  deps: Deps,
  caller: Caller,
  token: string,
  next: string,
): Promise<SignInView> => {
  const attempt = await attempts.findOpen(deps.sql, hashToken(token), deps.clock.now())
  if (!attempt) throw new Problem('attempt-over')
  if (attempt.outcome !== 'recover' || attempt.passwordChosen || attempt.factorAt)
    throw new Problem('wrong-step')
  const person = await persons.find(deps.sql, attempt.personId)
  if (!person) throw new Problem('attempt-over')
  const memberships = await persons.activeMemberships(deps.sql, person.id)
  requireStrong(
    next,
    person,
    memberships.map((row) => row.companyName),
  )
  if (await deps.passwords.verify(next, person.passwordHash))
    throw new Problem('password-same', { fields: { next: 'password-same' } })
  const hash = await deps.passwords.hash(next)
  await deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    if (!(await attempts.keepPassword(tx, attempt.id, hash, now))) throw new Problem('wrong-step')
    await record(tx, now, caller, {
      event: 'recovery.password-chosen',
      companyIds: attempt.companyIds,
      actorId: attempt.personId,
      subjectId: attempt.personId,
      attemptId: attempt.id,
    })
  })
  return viewSignIn(deps, token)
}
