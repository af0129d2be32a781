import type { Db } from '../db/connect.ts'
import * as people from '../db/stores/recovery/people.ts'
import type { Deps } from '../deps.ts'
import { queueMail } from '../mail/queue-mail.ts'

/** Somebody is locked out of their last factor: the Security Admins of their companies can help, once they know. */
export const tellAdminsOfLock = async (
  db: Db,
  deps: Deps,
  locked: {
    personId: string
    personName: string
    companyIds: string[]
    authenticatorId: string
    version: number
  },
) => {
  if (await people.hasFactor(db, locked.personId)) return
  for (const admin of await people.securityAdmins(db, locked.companyIds))
    if (admin.id !== locked.personId)
      await queueMail(db, deps, {
        key: `locked-out:${locked.authenticatorId}:${locked.version}:${admin.id}:${admin.companyId}`,
        to: admin.email,
        template: 'member-locked-out',
        params: {
          email: admin.email,
          name: admin.name,
          who: locked.personName,
          company: admin.companyName,
          link: `${deps.origin}/admin/employees`,
        },
        personId: admin.id,
        companyId: admin.companyId,
      })
}
