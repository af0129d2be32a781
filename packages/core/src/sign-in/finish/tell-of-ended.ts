import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import type { Caller, Deps } from '../../deps.ts'
import { notify } from '../../mail/notify.ts'

type Opened = {
  person: { id: string; name: string; email: string }
  companyIds: string[]
  attemptId: string | null
  sessionId: string
}

/** A new session has ended the oldest of ten: the person hears of it, in the transaction that opens the session. */
export const tellOfEnded = async (db: Db, deps: Deps, caller: Caller, opened: Opened, count: number) => {
  if (count === 0) return
  const { person, ...where } = opened
  await notify(db, deps, caller, person, { template: 'session-ended', key: opened.sessionId, extra: {} })
  await record(db, deps.clock.now(), caller, {
    event: 'session.revoked',
    ...where,
    actorId: person.id,
    subjectId: person.id,
    detail: { count, reason: 'too-many' },
  })
}
