import { days } from '../clock.ts'
import * as companies from '../db/stores/company/companies.ts'
import type { Deps } from '../deps.ts'
import { queueBatch } from '../mail/queue-batch.ts'
import { isRequired } from '../policy/decide.ts'
import { parameters } from '../policy/parameters.ts'
import { bringIntoForce, theDate } from './bring-into-force.ts'
import { asDate, asDays } from './dates.ts'

/**
 * What time brings: announced dates that have come are made permanent, and those without a factor are reminded of
 * dates ahead. Run every minute and whenever the sandbox moves the clock; fine to repeat.
 */
export const companyTick = async (deps: Deps): Promise<void> => {
  for (const { id } of await companies.due(deps.sql, deps.clock.now())) await comeIntoForce(deps, id)
  for (const company of await companies.announced(deps.sql, deps.clock.now())) await remind(deps, company)
}

const comeIntoForce = (deps: Deps, id: string) =>
  deps.sql.begin(async (tx) => {
    const company = await companies.lock(tx, id)
    const at = company?.requiredFrom
    if (!at || company.requiredAt || !isRequired(company, deps.clock.now())) return
    await bringIntoForce(tx, deps, company, theDate, { at, door: 'date' })
  })

/** The reminder that is due: the nearest mark not yet passed, unless the date was announced after it. */
const markOf = (from: Date, announcedAt: Date, now: Date): number | null => {
  const left = (from.getTime() - now.getTime()) / days(1)
  const mark = parameters.announcement.remindAt.filter((one) => left <= one).at(-1)
  if (mark === undefined || announcedAt.getTime() > from.getTime() - days(mark)) return null
  return mark
}

const remind = async (
  deps: Deps,
  company: { id: string; name: string; requiredFrom: Date; announcedAt: Date },
) => {
  const now = deps.clock.now()
  const mark = markOf(company.requiredFrom, company.announcedAt, now)
  if (mark === null) return
  const left = Math.ceil((company.requiredFrom.getTime() - now.getTime()) / days(1))
  await queueBatch(deps.sql, now, {
    key: `requirement-soon:${company.id}:${company.requiredFrom.getTime()}:${mark}`,
    companyId: company.id,
    template: 'requirement-soon',
    audience: 'without-factor',
    params: {
      company: company.name,
      origin: deps.origin,
      date: asDate(company.requiredFrom),
      left: asDays(left),
    },
  })
}
