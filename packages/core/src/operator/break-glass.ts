import { ourselves, record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import { invite, personFor } from '../db/stores/employees/write.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as links from '../db/stores/people/links.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { mailInvitation } from '../employees/invite/invitation.ts'
import { queueBatch } from '../mail/queue-batch.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { parameters } from '../policy/parameters.ts'
import { listCompanies } from './list-companies.ts'

/**
 * For a company where no Security Admin can act any more: makes somebody one, starting over. Their factors and
 * sessions end, and they come back through a link to their address and a new factor. Refused while a usable Security Admin is there, who can do all of this in the portal.
 * @throws Error for an unknown company, and while it has a usable Security Admin
 */
export const breakGlass = (
  deps: Deps,
  { company, admin }: { company: string; admin: { email: string; name: string } },
) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const found = await lockCompany(tx, company)
    const personId = await personFor(tx, admin.email, admin.name, now)
    const member = { companyId: found.id, personId, name: admin.name, number: null, now }
    await invite(tx, { ...member, role: 'security_admin', accountType: 'employee' })
    const [standing] = await tx<{ joinedAt: Date | null }[]>`
      update memberships set role = 'security_admin', account_type = 'employee', deactivated_at = null,
        version = version + 1
      where company_id = ${found.id} and person_id = ${personId} returning joined_at`
    await startOver(tx, personId, now)
    const person = { id: personId, ...admin }
    const inviter = { companyId: found.id, companyName: found.name, name: 'the operator' }
    const link = standing?.joinedAt
      ? await mailNewPassword(tx, deps, person)
      : await mailInvitation(tx, deps, inviter, person)
    await queueBatch(tx, now, {
      key: `break-glass:${found.id}:${now.getTime()}`,
      companyId: found.id,
      template: 'break-glass',
      audience: 'security-admins',
      params: { company: found.name, origin: deps.origin, by: admin.email },
    })
    await record(tx, now, ourselves, {
      event: 'company.break-glass',
      companyIds: [found.id],
      subjectId: personId,
    })
    return { id: found.id, link }
  })

const lockCompany = async (db: Db, name: string) => {
  const [company] = await db<{ id: string }[]>`
    select id from companies where lower(name) = lower(${name}) or id::text = ${name} for update`
  const line = (await listCompanies(db)).find(({ id }) => id === company?.id)
  if (!line) throw new Error(`There is no company ${name}.`)
  if (line.usableAdmins > 0)
    throw new Error(`${line.name} has a Security Admin with a working factor, who can do this in the portal.`)
  return line
}

/** A member comes back by a new password; the portal then has them enrol, with a code to the same mailbox. */
const mailNewPassword = async (
  db: Db,
  deps: Deps,
  person: { id: string; email: string; name: string },
): Promise<string> => {
  const { life } = parameters.resetLink
  const kind = 'password-reset' as const
  const now = deps.clock.now()
  const token = await links.create(db, { kind, personId: person.id, life, now, newestOnly: true })
  const link = `${deps.origin}/reset-password#${token}`
  await queueMail(db, deps, {
    key: `break-glass:${token.slice(0, 12)}`,
    to: person.email,
    template: 'password-reset',
    params: { email: person.email, name: person.name, link },
    personId: person.id,
  })
  return link
}

/** Nothing of before lets anybody in: no password, factor, session or sign-in under way. */
const startOver = async (db: Db, personId: string, now: Date) => {
  await db`update persons set password_hash = null, password_changed_at = ${now} where id = ${personId}`
  for (const row of await authenticators.listHeld(db, personId))
    await authenticators.remove(db, personId, row.id, now)
  await sessions.endAll(db, personId, now)
  await attempts.endAll(db, personId, now)
}
