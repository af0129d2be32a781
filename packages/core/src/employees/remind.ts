import { record } from '../audit/record.ts'
import { findMembers } from '../db/stores/employees/read.ts'
import type { Caller, Deps } from '../deps.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type ActingSession, byActor } from '../people/acting.ts'
import { viewMembers } from './view.ts'

/** Who still has to enrol and can: active, joined, without a usable factor. */
const wanting = new Set(['not-enrolled', 'pending', 'overdue'])

/**
 * Mails the chosen people who have no second factor yet, each at most once a day. Others are passed over.
 * @returns how many were mailed and how many passed over
 */
export const remindEmployees = (deps: Deps, caller: Caller, session: ActingSession, ids: string[]) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const found = await findMembers(tx, session.companyId, ids)
    const viewed = await viewMembers(tx, session.companyId, found, now)
    const due = viewed.filter(({ member, status }) => member.joinedAt !== null && wanting.has(status.kind))
    for (const { member } of due)
      await queueMail(tx, deps, {
        // The day is part of the key: a second press on the same day mails nobody again.
        key: `enrol-reminder:${member.membershipId}:${now.toISOString().slice(0, 10)}`,
        to: member.email,
        template: 'enrol-reminder',
        params: {
          email: member.email,
          name: member.name,
          company: session.companyName,
          link: `${deps.origin}/login`,
        },
        personId: member.personId,
        companyId: session.companyId,
      })
    if (due.length > 0)
      await record(tx, now, caller, {
        event: 'employees.reminded',
        ...byActor(session),
        detail: { count: due.length },
      })
    return { sent: due.length, skipped: new Set(ids).size - due.length }
  })
