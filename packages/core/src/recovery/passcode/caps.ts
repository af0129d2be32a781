import { hours } from '../../clock.ts'
import type { Db } from '../../db/connect.ts'
import * as people from '../../db/stores/recovery/people.ts'
import * as throttles from '../../db/stores/sign-in/throttles.ts'
import type { Deps } from '../../deps.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import type { ActingSession } from '../../people/acting.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'

const { mails, passcode } = parameters

/**
 * Counts a passcode against what one admin may send and one person may get, in the caller's transaction: what is
 * refused is not counted, and of two admins at once one sends. @throws Problem `cooling-down`, `too-many-requests`
 */
export const claimSend = async (db: Db, deps: Deps, session: ActingSession, person: people.LookedAfter) => {
  const now = deps.clock.now()
  const limits = [
    ['soon', `passcode-soon:${person.id}`, 1, mails.coolDown],
    ['person', `passcode-hour:${person.id}`, mails.perHour, hours(1)],
    ['person', `passcode-day:${person.id}`, mails.perDay, hours(24)],
    ['admin', `passcode-admin:${session.personId}`, passcode.perAdminHour, hours(1)],
  ] as const
  for (const [detail, key, limit, window] of limits) {
    const wait = await throttles.hit(db, key, limit, window, now)
    if (wait === null) continue
    throw new Problem(detail === 'soon' ? 'cooling-down' : 'too-many-requests', { retryAfter: wait, detail })
  }
  await tellOthers(db, deps, session, now)
}

/** One admin who sends many in an hour may be one who was taken over: the others hear of it once. */
const tellOthers = async (db: Db, deps: Deps, session: ActingSession, now: Date) => {
  const key = `passcode-many:${session.personId}`
  const many = await throttles.hit(db, key, passcode.tellOthersFrom - 1, hours(1), now)
  if (many === null) return
  const hour = Math.floor(now.getTime() / hours(1))
  for (const admin of await people.securityAdmins(db, [session.companyId]))
    if (admin.id !== session.personId)
      await queueMail(db, deps, {
        key: `${key}:${hour}:${admin.id}`,
        to: admin.email,
        template: 'many-passcodes',
        params: { email: admin.email, name: admin.name, sender: session.name, company: admin.companyName },
        personId: admin.id,
        companyId: session.companyId,
      })
}
