import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import * as links from '../../db/stores/people/links.ts'
import * as persons from '../../db/stores/people/persons.ts'
import * as phoneChanges from '../../db/stores/recovery/phone-changes.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../../deps.ts'
import { notify } from '../../mail/notify.ts'
import { Problem } from '../../problem.ts'

/** The confirmed click on a mailed link: the new number is dropped. @throws Problem `link-over` */
export const cancelByLink = (deps: Deps, caller: Caller, token: string) =>
  deps.sql.begin(async (tx) => {
    const link = await links.spend(tx, 'cancel-phone-change', token, deps.clock.now())
    if (!link) throw new Problem('link-over')
    if (!(await cancel(tx, deps, caller, link.personId, link.payload.phoneChangeId ?? null, 'link')))
      throw new Problem('link-over')
  })

/** Signed in: objecting makes nothing weaker, so it needs no fresh check. @throws Problem `not-found` */
export const cancelOwn = (deps: Deps, caller: Caller, session: LiveSession) =>
  deps.sql.begin(async (tx) => {
    if (!(await cancel(tx, deps, caller, session.personId, null, 'self'))) throw new Problem('not-found')
  })

const cancel = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  personId: string,
  id: string | null,
  how: 'link' | 'self',
): Promise<boolean> => {
  const now = deps.clock.now()
  const by = how === 'self' ? personId : null
  const ended = await phoneChanges.cancelWaiting(db, personId, by, now, id)
  const person = ended && (await persons.find(db, personId))
  if (!person) return false
  await notify(db, deps, caller, person, {
    template: 'phone-change-cancelled',
    key: ended.id,
    extra: { number: ended.number },
  })
  const memberships = await persons.activeMemberships(db, personId)
  await record(db, now, caller, {
    event: 'phone-change.cancelled',
    companyIds: memberships.map((row) => row.companyId),
    actorId: by,
    subjectId: personId,
    detail: { number: ended.number, how },
  })
  return true
}
