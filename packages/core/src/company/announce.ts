import { record } from '../audit/record.ts'
import { after } from '../clock.ts'
import * as companies from '../db/stores/company/companies.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { queueBatch } from '../mail/queue-batch.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { ofSession } from '../sign-in/session.ts'
import { asDate } from './dates.ts'
import { lockOpen, mayRequire } from './require.ts'

/**
 * Announces the date from which two-factor authentication is required, or another one; reminders count down to
 * it, and on that date it is required without anybody pressing anything.
 * @throws Problem those of `mayRequire`, `invalid-input` for a date past or more than a year ahead
 */
export const announceRequirement = async (deps: Deps, caller: Caller, session: LiveSession, from: Date) => {
  const admin = await mayRequire(deps, session)
  const now = deps.clock.now()
  if (from <= now || from > after(now, parameters.announcement.furthest))
    throw new Problem('invalid-input', { fields: { from: 'invalid-input' } })
  await deps.sql.begin(async (tx) => {
    const company = await lockOpen(tx, deps, admin.companyId)
    await companies.putAnnounced(tx, company.id, from, now)
    await queueBatch(tx, now, {
      key: `requirement-announced:${company.id}:${from.getTime()}:${now.getTime()}`,
      companyId: company.id,
      template: 'requirement-announced',
      audience: 'without-factor',
      params: { company: company.name, origin: deps.origin, date: asDate(from) },
    })
    const detail = { from: from.toISOString() }
    await record(tx, now, caller, { event: 'requirement.announced', ...ofSession(admin), detail })
  })
}

/** Takes an announced date back, while it has not come. @throws Problem those of `mayRequire` */
export const withdrawAnnouncement = async (deps: Deps, caller: Caller, session: LiveSession) => {
  const admin = await mayRequire(deps, session)
  await deps.sql.begin(async (tx) => {
    const company = await lockOpen(tx, deps, admin.companyId)
    if (!company.requiredFrom) throw new Problem('not-found')
    await companies.putAnnounced(tx, company.id, null, deps.clock.now())
    await record(tx, deps.clock.now(), caller, { event: 'requirement.withdrawn', ...ofSession(admin) })
  })
}
