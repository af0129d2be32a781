import { record } from '../../audit/record.ts'
import { lockMember } from '../../db/stores/employees/read.ts'
import { invitedAgain } from '../../db/stores/employees/write.ts'
import * as throttles from '../../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../../deps.ts'
import { countMail } from '../../mail/count-mail.ts'
import { type ActingSession, byActor } from '../../people/acting.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { requireAuthorityOver } from '../authority.ts'
import { mailInvitation } from './invitation.ts'

/**
 * Mails a new invitation for another 72 hours; the older link ends.
 * @throws Problem `not-found`, `not-allowed`, `wrong-step` for who has joined or is deactivated, `cooling-down`,
 * `too-many-requests`
 */
export const resendInvitation = async (deps: Deps, caller: Caller, session: ActingSession, id: string) => {
  const now = deps.clock.now()
  await deps.sql.begin(async (tx) => {
    const member = await lockMember(tx, session.companyId, id)
    if (!member) throw new Problem('not-found')
    requireAuthorityOver(session, member)
    if (member.joinedAt !== null || member.deactivatedAt !== null) throw new Problem('wrong-step')
    const key = `invitation:${member.membershipId}`
    const wait = await throttles.hit(tx, key, 1, parameters.mails.coolDown, now)
    if (wait !== null) throw new Problem('cooling-down', { retryAfter: wait })
    await countMail(tx, deps, session.companyId, member.email)
    await invitedAgain(tx, member.membershipId, now)
    await mailInvitation(tx, deps, session, { id, email: member.email, name: member.name })
    await record(tx, now, caller, {
      event: 'employee.invited',
      ...byActor(session, id),
      detail: { again: true },
    })
  })
}
