import { ourselves, record } from '../audit/record.ts'
import { invite, personFor } from '../db/stores/employees/write.ts'
import type { Deps } from '../deps.ts'
import { mailInvitation } from '../employees/invite/invitation.ts'

/** Who stands in the mail where an administrator would. */
const operator = 'the operator'

export type NewCompany = { name: string; admin: { email: string; name: string } }

/**
 * A company with its first Security Admin, who is invited by mail. @returns its id and the invitation's address,
 * to hand over where mail does not work yet
 * @throws Error when a company of that name exists
 */
export const createCompany = (deps: Deps, { name, admin }: NewCompany) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const [made] = await tx<{ id: string }[]>`
      insert into companies (name, created_at) select ${name}, ${now}
      where not exists (select 1 from companies where lower(name) = lower(${name})) returning id`
    if (!made) throw new Error(`There is a company ${name} already.`)
    const personId = await personFor(tx, admin.email, admin.name, now)
    const member = { companyId: made.id, personId, name: admin.name, number: null, now }
    await invite(tx, { ...member, role: 'security_admin', accountType: 'employee' })
    const inviter = { companyId: made.id, companyName: name, name: operator }
    const link = await mailInvitation(tx, deps, inviter, { id: personId, ...admin })
    await record(tx, now, ourselves, {
      event: 'company.created',
      companyIds: [made.id],
      subjectId: personId,
      detail: { name },
    })
    return { id: made.id, link }
  })
