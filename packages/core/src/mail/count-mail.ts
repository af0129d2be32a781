import { hours } from '../clock.ts'
import type { Db } from '../db/connect.ts'
import * as throttles from '../db/stores/sign-in/throttles.ts'
import type { Deps } from '../deps.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { canonicalEmail } from '../sign-in/buckets.ts'

const { perHour, perDay } = parameters.mails

/**
 * Counts what the people of a company, or its directory, have mailed to one address, which may be anybody's (attack
 * In the caller's transaction: what is refused is not counted. @throws Problem `too-many-requests`
 */
export const countMail = async (
  db: Db,
  deps: Pick<Deps, 'keyedHash' | 'clock'>,
  companyId: string,
  email: string,
) => {
  const to = deps.keyedHash('throttle', canonicalEmail(email)).toString('base64url')
  const now = deps.clock.now()
  const wait =
    (await throttles.hit(db, `mail-hour:${companyId}:${to}`, perHour, hours(1), now)) ??
    (await throttles.hit(db, `mail-day:${companyId}:${to}`, perDay, hours(24), now))
  if (wait !== null) throw new Problem('too-many-requests', { retryAfter: wait })
}
