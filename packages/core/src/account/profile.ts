import type { ProfileView } from '@countersign/contract'
import { record } from '../audit/record.ts'
import { hours } from '../clock.ts'
import * as links from '../db/stores/people/links.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as passcodes from '../db/stores/recovery/passcodes.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import * as throttles from '../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../deps.ts'
import { hashToken } from '../keys/tokens.ts'
import { notify } from '../mail/notify.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { ofSession, requireFresh } from '../sign-in/session.ts'

/** The phone is the 2FA number, masked, or else the number the company has on file. */
export const viewProfile = async (deps: Deps, session: LiveSession): Promise<ProfileView> => {
  const [phone] = await deps.sql<{ name: string }[]>`
    select name from authenticators where person_id = ${session.personId} and factor = 'phone'
      and added_at is not null and removed_at is null order by added_at desc limit 1`
  const [member] = await deps.sql<{ mobileNumber: string | null }[]>`
    select mobile_number from memberships where person_id = ${session.personId} and company_id = ${session.companyId}`
  const [pending] = await deps.sql<{ payload: Record<string, string> }[]>`
    select payload from links where person_id = ${session.personId} and kind = 'email-change' and used_at is null
      and expires_at > ${deps.clock.now()} order by created_at desc limit 1`
  return {
    name: session.name,
    email: session.email,
    phone: phone?.name ?? member?.mobileNumber ?? null,
    pendingEmail: pending?.payload.email ?? null,
  }
}

export const changeName = (deps: Deps, caller: Caller, session: LiveSession, name: string) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    if (name === session.name) return
    await tx`update persons set name = ${name} where id = ${session.personId}`
    await notify(
      tx,
      deps,
      caller,
      { id: session.personId, name, email: session.email },
      {
        template: 'name-changed',
        key: `${session.personId}:${now.getTime()}`,
        extra: {},
      },
    )
    await record(tx, now, caller, {
      event: 'profile.changed',
      ...ofSession(session),
      detail: { field: 'name' },
    })
  })

/**
 * Mails a confirmation to a new address; nothing changes until it is clicked there. The answer does not tell
 * whether the address belongs to somebody.
 * @throws Problem `step-up-required`, `cooling-down`
 */
export const askEmailChange = async (deps: Deps, caller: Caller, session: LiveSession, email: string) => {
  requireFresh(deps, session)
  const now = deps.clock.now()
  const { coolDown, perHour } = parameters.mails
  const wait =
    (await throttles.hit(deps.sql, `email-change-soon:${session.personId}`, 1, coolDown, now)) ??
    (await throttles.hit(deps.sql, `email-change:${session.personId}`, perHour, hours(1), now))
  if (wait !== null) throw new Problem('cooling-down', { retryAfter: wait })
  await deps.sql.begin(async (tx) => {
    const { life } = parameters.emailChange
    const payload = { email }
    const token = await links.create(tx, {
      kind: 'email-change',
      personId: session.personId,
      life,
      now,
      payload,
      newestOnly: true,
    })
    const params = { email, name: session.name, link: `${deps.origin}/confirm-email#${token}` }
    await queueMail(tx, deps, {
      key: `email-change:${hashToken(token).toString('hex')}`,
      to: email,
      template: 'email-change',
      params,
      personId: session.personId,
    })
    await record(tx, now, caller, {
      event: 'profile.changed',
      ...ofSession(session),
      detail: { field: 'email', step: 'asked' },
    })
  })
}

/** The click at the new address: it takes effect, and both addresses are told. @throws Problem `link-over`, `email-taken` */
export const confirmEmailChange = (deps: Deps, caller: Caller, token: string) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const link = await links.spend(tx, 'email-change', token, now)
    const to = link?.payload.email
    if (!link || !to) throw new Problem('link-over')
    const [before] = await tx<{ email: string; name: string; taken: boolean }[]>`
      select email, name, exists (select 1 from persons where lower(email) = lower(${to}) and id <> ${link.personId}) as taken
      from persons where id = ${link.personId} for no key update`
    if (!before) throw new Problem('link-over')
    if (before.taken) throw new Problem('email-taken')
    await persons.setEmail(tx, link.personId, to, now)
    // What was mailed to the old address does not open the account at the new one.
    await links.endOpen(tx, link.personId, ['password-reset'], now)
    await attempts.endAll(tx, link.personId, now)
    await passcodes.replaceAll(tx, link.personId, now)
    await notify(
      tx,
      deps,
      caller,
      { id: link.personId, name: before.name, email: to },
      {
        template: 'email-changed',
        key: link.id,
        extra: { from: before.email, to },
        addresses: [before.email, to],
      },
    )
    const companies = await tx<{ companyId: string }[]>`
      select company_id from memberships where person_id = ${link.personId} and joined_at is not null and deactivated_at is null
      order by company_id`
    const companyIds = companies.map((row) => row.companyId)
    await record(tx, now, caller, {
      event: 'email.changed',
      companyIds,
      actorId: link.personId,
      subjectId: link.personId,
    })
  })
