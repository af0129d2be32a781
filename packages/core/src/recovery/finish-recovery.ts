import { record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import type { AuthenticatorRow } from '../db/stores/factors/authenticators.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as passcodes from '../db/stores/recovery/passcodes.ts'
import * as phoneChanges from '../db/stores/recovery/phone-changes.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import type { OpenChallenge } from '../db/stores/sign-in/challenges.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { notify } from '../mail/notify.ts'
import { Problem } from '../problem.ts'
import { whose } from '../sign-in/verified.ts'

/**
 * In the transaction that proves the new factor of a recovery, everything old dies: factors, recovery codes,
 * the password, sessions (trusted browsers with them), sign-ins under way, a waiting phone number.
 * @returns false where it is no recovery
 */
export const finishRecovery = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  old: AuthenticatorRow[],
): Promise<boolean> => {
  const now = deps.clock.now()
  const attempt = challenge.attemptId ? await attempts.findById(db, challenge.attemptId, now) : null
  if (attempt?.outcome !== 'recover') return false
  const { personId } = challenge
  const hash = await attempts.takePassword(db, attempt.id)
  if (!hash) throw new Problem('wrong-step')
  for (const row of old) await authenticators.remove(db, personId, row.id, now)
  await passcodes.replaceAll(db, personId, now)
  await persons.setPassword(db, personId, hash, now)
  await attempts.endAll(db, personId, now, attempt.id)
  const ended = await sessions.endAll(db, personId, now)
  await db`update links set used_at = ${now} where person_id = ${personId} and kind = 'password-reset' and used_at is null`
  await phoneChanges.cancelWaiting(db, personId, null, now)
  const person = { id: personId, name: challenge.personName, email: challenge.personEmail }
  await notify(db, deps, caller, person, { template: 'account-recovered', key: attempt.id, extra: {} })
  await record(db, now, caller, {
    event: 'recovery.finished',
    ...whose(challenge),
    detail: { factorsRemoved: old.length, sessionsEnded: ended },
  })
  return true
}
