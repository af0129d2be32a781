import type { Db } from '../../db/connect.ts'
import { voidLinks } from '../../db/stores/employees/write.ts'
import * as links from '../../db/stores/people/links.ts'
import type { Deps } from '../../deps.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import type { ActingSession } from '../../people/acting.ts'
import { parameters } from '../../policy/parameters.ts'

/** Mails an invitation, bound to the address it goes to; an older one of this company ends. @returns its address */
export const mailInvitation = async (
  db: Db,
  deps: Deps,
  inviter: Pick<ActingSession, 'companyId' | 'companyName' | 'name'>,
  person: { id: string; email: string; name: string },
): Promise<string> => {
  const now = deps.clock.now()
  const { companyId, companyName } = inviter
  await voidLinks(db, person.id, ['invitation'], now, companyId)
  const token = await links.create(db, {
    kind: 'invitation',
    personId: person.id,
    companyId,
    life: parameters.invitation.life,
    now,
    payload: { email: person.email },
  })
  const link = `${deps.origin}/invitation#${token}`
  await queueMail(db, deps, {
    key: `invitation:${token.slice(0, 12)}`,
    to: person.email,
    template: 'invitation',
    params: {
      email: person.email,
      name: person.name,
      company: companyName,
      inviter: inviter.name,
      link,
    },
    personId: person.id,
    companyId,
  })
  return link
}
