import { randomUUID } from 'node:crypto'
import { record } from '../../audit/record.ts'
import { after, days, hours } from '../../clock.ts'
import type { Db } from '../../db/connect.ts'
import * as links from '../../db/stores/people/links.ts'
import * as people from '../../db/stores/recovery/people.ts'
import * as phoneChanges from '../../db/stores/recovery/phone-changes.ts'
import type { OpenChallenge } from '../../db/stores/sign-in/challenges.ts'
import * as challenges from '../../db/stores/sign-in/challenges.ts'
import * as guesses from '../../db/stores/sign-in/guesses.ts'
import type { Caller, Deps } from '../../deps.ts'
import { notify } from '../../mail/notify.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import { Problem } from '../../problem.ts'
import { credentialBinding } from '../../sign-in/context.ts'
import { type Accepted, type Verified, whose } from '../../sign-in/verified.ts'
import { replacePhone } from './replace-phone.ts'

/**
 * A new number was proven. In a session whose factor is fresh it replaces the old one at once; in a sign-in it
 * waits, while every known address is told and the old factors work on.
 * @throws Problem `code-used`, `phone-change-waiting`
 */
export const settlePhoneChange = (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  verdict: Accepted,
): Promise<Verified> =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const sealed = deps.seal.close(verdict.credential, credentialBinding(challenge))
    const number = verdict.name ?? ''
    // The authenticator before its challenge, as whoever claims a guess locks them.
    await phoneChanges.keepCredential(tx, challenge.authenticatorId, sealed, number)
    if (!(await challenges.consume(tx, challenge.id, now))) throw new Problem('code-used')
    await guesses.giveBack(tx, challenge)
    if (challenge.attemptId) {
      const readyAt = await wait(tx, deps, caller, challenge, number)
      return {
        result: { outcome: 'phone-change', readyAt: readyAt.toISOString() },
        token: null,
      } satisfies Verified
    }
    const person = { id: challenge.personId, name: challenge.personName, email: challenge.personEmail }
    const { authenticatorId, companyIds, sessionId } = challenge
    await replacePhone(tx, deps, caller, {
      person,
      authenticatorId,
      number,
      companyIds,
      sessionId,
      how: 'self',
    })
    return { result: { outcome: 'enrolled', authenticatorId, next: null }, token: null } satisfies Verified
  })

const wait = async (db: Db, deps: Deps, caller: Caller, challenge: OpenChallenge, number: string) => {
  const now = deps.clock.now()
  const { personId, authenticatorId } = challenge
  const [slowest] = await db<{ hours: number }[]>`
    select max(phone_change_hours)::int as hours from companies where id = any(${challenge.companyIds}::uuid[])`
  const id = randomUUID()
  const readyAt = after(now, hours(slowest?.hours ?? 72))
  if (!(await phoneChanges.add(db, { id, personId, authenticatorId, number, now, readyAt })))
    throw new Problem('phone-change-waiting')
  const cancel = await links.create(db, {
    kind: 'cancel-phone-change',
    personId,
    life: readyAt.getTime() - now.getTime() + days(7),
    now,
    payload: { phoneChangeId: id },
  })
  const person = { id: personId, name: challenge.personName, email: challenge.personEmail }
  const extra = {
    number,
    readyAt: readyAt.toISOString(),
    cancel: `${deps.origin}/cancel-phone-change#${cancel}`,
  }
  await notify(db, deps, caller, person, { template: 'phone-change-asked', key: id, extra })
  for (const admin of await people.securityAdmins(db, challenge.companyIds))
    if (admin.id !== personId)
      await queueMail(db, deps, {
        key: `phone-change-admin:${id}:${admin.id}:${admin.companyId}`,
        to: admin.email,
        template: 'phone-change-admin',
        params: {
          email: admin.email,
          name: admin.name,
          who: person.name,
          company: admin.companyName,
          readyAt: extra.readyAt,
          link: `${deps.origin}/admin/company`,
        },
        personId: admin.id,
        companyId: admin.companyId,
      })
  const detail = { number, readyAt: extra.readyAt }
  await record(db, now, caller, { event: 'phone-change.asked', ...whose(challenge), detail })
  return readyAt
}
