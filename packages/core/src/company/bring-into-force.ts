import { ourselves, record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import * as companies from '../db/stores/company/companies.ts'
import type { Caller, Deps } from '../deps.ts'
import { queueBatch } from '../mail/queue-batch.ts'
import { asDate } from './dates.ts'

type By = { session: { id: string; personId: string; name: string } | null; caller: Caller }

/** Nobody in particular: an announced date has come. */
export const theDate: By = { session: null, caller: ourselves }

/**
 * From off to on, for good, in the caller's transaction, whose first lock is on the company: the requirement, an
 * end to sessions no factor stands behind, the mails that are owed, the audit. A handful of statements, however
 * many people there are. @returns false when it was on already
 */
export const bringIntoForce = async (
  db: Db,
  deps: Deps,
  company: companies.CompanyRow,
  by: By,
  how: { at: Date; door: 'company' | 'numbers' | 'date'; enrolled?: number },
): Promise<boolean> => {
  const now = deps.clock.now()
  if (!(await companies.putRequired(db, company.id, by.session?.personId ?? null, how.at))) return false
  const ended = await companies.endUnproven(db, company.id, now)
  const told = { company: company.name, origin: deps.origin }
  const batch = { companyId: company.id, key: `requirement-on:${company.id}` }
  await queueBatch(db, now, {
    ...batch,
    template: 'requirement-on',
    audience: 'without-factor',
    params: told,
  })
  await queueBatch(db, now, {
    ...batch,
    key: `${batch.key}:admins`,
    template: 'requirement-on-admins',
    audience: 'security-admins',
    params: { ...told, by: by.session?.name ?? 'the date announced', date: asDate(how.at) },
  })
  await record(db, now, by.caller, {
    event: 'requirement.on',
    companyIds: [company.id],
    actorId: by.session?.personId ?? null,
    sessionId: by.session?.id ?? null,
    detail: { door: how.door, sessionsEnded: ended, enrolled: how.enrolled ?? 0, at: how.at.toISOString() },
  })
  return true
}
