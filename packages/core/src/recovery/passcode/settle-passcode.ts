import type { Amr } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import * as passcodes from '../../db/stores/recovery/passcodes.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import type { OpenChallenge } from '../../db/stores/sign-in/challenges.ts'
import * as challenges from '../../db/stores/sign-in/challenges.ts'
import * as guesses from '../../db/stores/sign-in/guesses.ts'
import type { Caller, Deps } from '../../deps.ts'
import { hashToken, newToken } from '../../keys/tokens.ts'
import { notify } from '../../mail/notify.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { type Verified, whose } from '../../sign-in/verified.ts'
import { viewSignIn } from '../../sign-in/view-sign-in.ts'

/**
 * Password and passcode were right: no session, but an attempt that can set a password, enrol a factor and save
 * codes. Nothing old dies yet. @throws Problem `code-used` for the second of two, `attempt-over`
 */
export const settlePasscode = async (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  amr: Amr[],
): Promise<Verified> => {
  const now = deps.clock.now()
  const token = newToken()
  const attemptId = challenge.attemptId ?? ''
  await deps.sql.begin(async (tx) => {
    if (!(await passcodes.spend(tx, challenge, now))) throw new Problem('code-used')
    await challenges.consumeAll(tx, attemptId, now)
    const to = { tokenHash: hashToken(token), amr, now, life: parameters.attempt.recoveryLife }
    if (!(await attempts.recover(tx, attemptId, to))) throw new Problem('attempt-over')
    await guesses.giveBack(tx, challenge)
    const person = { id: challenge.personId, name: challenge.personName, email: challenge.personEmail }
    await notify(tx, deps, caller, person, { template: 'passcode-used', key: challenge.id, extra: {} })
    await record(tx, now, caller, { event: 'passcode.used', ...whose(challenge) })
  })
  return { result: { outcome: 'step', signIn: await viewSignIn(deps, token) }, token }
}
