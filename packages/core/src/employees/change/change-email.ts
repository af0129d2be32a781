import type { Db } from '../../db/connect.ts'
import type { MemberRow } from '../../db/stores/employees/read.ts'
import * as write from '../../db/stores/employees/write.ts'
import * as passcodes from '../../db/stores/recovery/passcodes.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import type { Caller, Deps } from '../../deps.ts'
import { countMail } from '../../mail/count-mail.ts'
import { notify } from '../../mail/notify.ts'
import type { Actor } from '../../people/acting.ts'
import { Problem } from '../../problem.ts'
import { mailInvitation } from '../invite/invitation.ts'

/**
 * A new address for a member. What was mailed to the old one dies, and both addresses are told. Somebody who has not
 * joined is another person by another address, and is invited there.
 * @returns the id of the person behind the new address
 * @throws Problem `email-taken`, `too-many-requests`
 */
export const changeEmail = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  member: MemberRow,
  email: string,
): Promise<string> => {
  const now = deps.clock.now()
  const { personId, name } = member
  await countMail(db, deps, actor.companyId, email)
  if (member.joinedAt === null) return inviteElsewhere(db, deps, actor, member, email)
  await write.setEmail(db, personId, email)
  await write.voidLinks(db, personId, ['password-reset', 'email-change'], now)
  await attempts.endAll(db, personId, now)
  await passcodes.replaceAll(db, personId, now)
  await notify(
    db,
    deps,
    caller,
    { id: personId, name, email },
    {
      template: 'email-changed',
      key: `${personId}:${now.getTime()}`,
      extra: { from: member.email, to: email },
      addresses: [member.email, email],
    },
  )
  return personId
}

const inviteElsewhere = async (
  db: Db,
  deps: Deps,
  actor: Actor,
  { membershipId, personId, name }: MemberRow,
  email: string,
): Promise<string> => {
  const now = deps.clock.now()
  const to = await write.personFor(db, email, name, now)
  if (to === personId) return personId
  if (!(await write.readdress(db, membershipId, to)))
    throw new Problem('email-taken', { fields: { email: 'email-taken' } })
  await write.voidLinks(db, personId, ['invitation'], now, actor.companyId)
  await write.forgetUninvited(db, personId)
  await write.invitedAgain(db, membershipId, now)
  await mailInvitation(db, deps, actor, { id: to, email, name })
  return to
}
