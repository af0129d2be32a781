import { record } from '../audit/record.ts'
import * as links from '../db/stores/people/links.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as phoneChanges from '../db/stores/recovery/phone-changes.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'

/**
 * "This wasn’t me", confirmed: signs the account out everywhere and mails a link for a new password to the
 * account's address. A waiting phone number is dropped; factors stay,
 * since the link may be in the wrong hands too. @throws Problem `link-over`
 */
export const disown = (deps: Deps, caller: Caller, token: string) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const link = await links.spend(tx, 'not-me', token, now)
    const person = link && (await persons.find(tx, link.personId))
    if (!link || !person) throw new Problem('link-over')
    await attempts.endAll(tx, person.id, now)
    const count = await sessions.endAll(tx, person.id, now)
    await phoneChanges.cancelWaiting(tx, person.id, null, now)
    await links.endOpen(tx, person.id, ['email-change'], now)
    const { life } = parameters.resetLink
    const reset = await links.create(tx, {
      kind: 'password-reset',
      personId: person.id,
      life,
      now,
      newestOnly: true,
    })
    const params = { email: person.email, name: person.name, link: `${deps.origin}/reset-password#${reset}` }
    await queueMail(tx, deps, {
      key: `not-me:${link.id}`,
      to: person.email,
      template: 'password-reset',
      params,
      personId: person.id,
    })
    const memberships = await persons.activeMemberships(tx, person.id)
    const companyIds = memberships.map((row) => row.companyId)
    await record(tx, now, caller, { event: 'not-me', companyIds, subjectId: person.id, detail: { count } })
  })
