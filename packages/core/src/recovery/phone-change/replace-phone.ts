import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import * as authenticators from '../../db/stores/factors/authenticators.ts'
import * as phoneChanges from '../../db/stores/recovery/phone-changes.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import * as sessions from '../../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../../deps.ts'
import type { PhoneCredential } from '../../factors/phone/phone.ts'
import { notify } from '../../mail/notify.ts'
import { Problem } from '../../problem.ts'
import { credentialBinding } from '../../sign-in/context.ts'

export type Replacement = {
  person: { id: string; name: string; email: string }
  authenticatorId: string
  /** Masked. */
  number: string
  companyIds: string[]
  /** The session it was done in, which stays; null where nobody is signed in. */
  sessionId: string | null
  how: 'self' | 'waited' | 'approved'
  /** Who approved it; by default the person. */
  actorId?: string | null
}

/**
 * The proven number becomes the phone factor: older ones die with the sessions that rested on them, the number
 * on file moves along where it was the same, and the person is told. In the caller's transaction.
 */
export const replacePhone = async (db: Db, deps: Deps, caller: Caller, one: Replacement) => {
  const now = deps.clock.now()
  const old = (await authenticators.listHeld(db, one.person.id)).filter((row) => row.factor === 'phone')
  if (!(await phoneChanges.activate(db, one.authenticatorId, now))) throw new Problem('challenge-over')
  const next = await numberOf(db, deps, one.person.id, one.authenticatorId)
  for (const row of old) {
    const before = await numberOf(db, deps, one.person.id, row.id)
    await authenticators.remove(db, one.person.id, row.id, now)
    await sessions.endRestingOn(db, row.id, now, one.sessionId)
    await db`
      update memberships set mobile_number = ${next.e164}, line_type = ${next.lineType}, version = version + 1
      where person_id = ${one.person.id} and mobile_number = ${before.e164}`
  }
  await attempts.endAll(db, one.person.id, now)
  await notify(db, deps, caller, one.person, {
    template: 'phone-changed',
    key: one.authenticatorId,
    extra: { number: one.number },
  })
  await record(db, now, caller, {
    event: 'phone-change.done',
    companyIds: one.companyIds,
    actorId: one.actorId === undefined ? one.person.id : one.actorId,
    subjectId: one.person.id,
    factor: 'phone',
    sessionId: one.sessionId,
    detail: { number: one.number, how: one.how },
  })
}

const numberOf = async (db: Db, deps: Deps, personId: string, id: string): Promise<PhoneCredential> => {
  const [row] = await db<{ credential: string }[]>`select credential from authenticators where id = ${id}`
  const binding = credentialBinding({ authenticatorId: id, personId })
  return deps.seal.open(row?.credential ?? '', binding) as PhoneCredential
}
