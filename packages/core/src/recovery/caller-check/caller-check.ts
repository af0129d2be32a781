import type { CallerCheckView } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import { after, hours } from '../../clock.ts'
import * as callerChecks from '../../db/stores/recovery/caller-checks.ts'
import * as people from '../../db/stores/recovery/people.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'
import * as throttles from '../../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../../deps.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { companyOfAdmin } from '../admin.ts'
import { wordsOf } from './words.ts'

const { life, perHour } = parameters.callerCheck

const view = (deps: Deps, row: callerChecks.CallerCheckRow, viewerId: string): CallerCheckView => ({
  id: row.id,
  words: wordsOf(deps.keyedHash, row.id),
  name: viewerId === row.askedBy ? row.personName : row.askedByName,
  company: row.companyName,
  expiresAt: row.expiresAt.toISOString(),
  reported: row.reportedAt !== null,
})

/**
 * Somebody on the telephone says who they are: three words for the admin, the same for the employee wherever
 * they are signed in. Offered, never needed.
 * @throws Problem `not-allowed`, `not-found`, `not-yourself`, `conflict` for who is no member, `too-many-requests`
 */
export const askCallerCheck = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  personId: string,
): Promise<CallerCheckView> => {
  const company = companyOfAdmin(session)
  const person = await people.find(deps.sql, company.id, personId)
  if (!person) throw new Problem('not-found')
  if (person.id === session.personId) throw new Problem('not-yourself')
  if (person.deactivated) throw new Problem('conflict')
  const now = deps.clock.now()
  const id = await deps.sql.begin(async (tx) => {
    const wait = await throttles.hit(tx, `caller-check:${session.personId}`, perHour, hours(1), now)
    if (wait !== null) throw new Problem('too-many-requests', { retryAfter: wait })
    const expiresAt = after(now, life)
    const row = { companyId: company.id, personId, askedBy: session.personId, now, expiresAt }
    const made = await callerChecks.add(tx, row)
    await record(tx, now, caller, {
      event: 'caller-check.asked',
      companyIds: [company.id],
      actorId: session.personId,
      subjectId: personId,
      sessionId: session.id,
    })
    return made
  })
  const row = await callerChecks.findOf(deps.sql, id, session.personId)
  if (!row) throw new Problem('not-found')
  return view(deps, row, session.personId)
}

/** What an employee compares with what they hear; null when nobody asks. */
export const readCallerCheck = async (deps: Deps, session: LiveSession): Promise<CallerCheckView | null> => {
  const row = await callerChecks.findFor(deps.sql, session.personId, deps.clock.now())
  return row && view(deps, row, session.personId)
}

/** "The words differ": on record, and every Security Admin of the company hears of it. @throws Problem `not-found` */
export const reportMismatch = async (deps: Deps, caller: Caller, session: LiveSession, id: string) => {
  const row = await callerChecks.findOf(deps.sql, id, session.personId)
  if (!row) throw new Problem('not-found')
  const now = deps.clock.now()
  await deps.sql.begin(async (tx) => {
    if (!(await callerChecks.report(tx, id, now))) throw new Problem('not-found')
    for (const admin of await people.securityAdmins(tx, [row.companyId]))
      await queueMail(tx, deps, {
        key: `caller-mismatch:${id}:${admin.id}`,
        to: admin.email,
        template: 'caller-mismatch',
        params: {
          email: admin.email,
          name: admin.name,
          who: row.personName,
          admin: row.askedByName,
          company: row.companyName,
          by: session.name,
        },
        personId: admin.id,
        companyId: row.companyId,
      })
    await record(tx, now, caller, {
      event: 'caller-check.mismatch',
      outcome: 'failed',
      companyIds: [row.companyId],
      actorId: session.personId,
      subjectId: row.personId,
      sessionId: session.id,
    })
  })
}
