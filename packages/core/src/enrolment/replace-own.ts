import { record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import type { AuthenticatorRow } from '../db/stores/factors/authenticators.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import type { OpenChallenge } from '../db/stores/sign-in/challenges.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { factorNamed } from '../factors/registry.ts'
import { notify } from '../mail/notify.ts'
import { wake } from '../push/wakes.ts'
import { whose } from '../sign-in/verified.ts'

/**
 * The company's factor takes the place of the person's own, which would otherwise lie unused and unwatched; when it
 * is reset they enrol anew. Phishing-resistant ones stay: no admin can switch those off.
 */
export const replaceOwn = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  held: AuthenticatorRow[],
): Promise<void> => {
  const now = deps.clock.now()
  const about = (row: AuthenticatorRow) => factorNamed(row.factor).about
  const stays = held.some((row) => about(row).strength === 3)
  const going = held.filter((row) => about(row).strength < 3 && !(stays && about(row).role === 'recovery'))
  const person = { id: challenge.personId, name: challenge.personName, email: challenge.personEmail }
  for (const row of going) {
    await authenticators.remove(db, challenge.personId, row.id, now)
    await sessions.endRestingOn(db, row.id, now, null)
    await wake(db, `device:${row.id}`)
    if (about(row).role === 'recovery') continue
    await notify(db, deps, caller, person, {
      template: 'factor-removed',
      key: row.id,
      extra: { label: row.name },
    })
    const removed = { event: 'authenticator.removed' as const, ...whose(challenge), factor: row.factor }
    await record(db, now, caller, { ...removed, detail: { name: row.name, replacedBy: challenge.factor } })
  }
}
