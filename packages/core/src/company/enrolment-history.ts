import {
  type EnrolmentDay,
  type EnrolmentHistory,
  type FactorName,
  notSecondFactors,
} from '@countersign/contract'
import { days } from '../clock.ts'
import * as companies from '../db/stores/company/companies.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { factors } from '../factors/registry.ts'
import { actingIn } from '../people/acting.ts'
import { Problem } from '../problem.ts'

/** Points of the plot: this many, a week or less apart. */
const points = 13

type Span = { personId: string; factor: FactorName; from: Date; until: Date | null }

/**
 * How many people were secured on each of the last days, by the strongest factor each held. Read from when
 * authenticators were added and removed; nothing is kept for it. @throws Problem `not-allowed`
 */
export const enrolmentHistory = async (deps: Deps, session: LiveSession): Promise<EnrolmentHistory> => {
  const admin = actingIn(session, 'security_admin')
  const now = deps.clock.now()
  const company = await companies.find(deps.sql, admin.companyId)
  if (!company) throw new Problem('not-found')
  const [spans, members] = await Promise.all([
    deps.sql<Span[]>`
      select a.person_id, a.factor, a.added_at as from, a.removed_at as until
      from authenticators a join memberships m on m.person_id = a.person_id and m.company_id = ${company.id}
      where a.added_at is not null and a.factor <> all(${[...notSecondFactors]}::text[])
        and m.joined_at is not null and m.deactivated_at is null`,
    deps.sql<{ from: Date }[]>`
      select created_at as from from memberships where company_id = ${company.id} and deactivated_at is null`,
  ])
  const second = factors.filter(({ name }) => !notSecondFactors.some((one) => one === name))
  const known = second.map(({ name, about }) => ({
    factor: name,
    label: about.label,
    strength: about.strength,
  }))
  known.sort((a, b) => b.strength - a.strength)
  const order = new Map(known.map(({ factor }, index) => [factor, index]))
  return {
    factors: known,
    days: daysOf(members, now).map((day) => countOn(day, spans, members, order)),
    events: [
      ...(company.announcedAt ? [{ at: company.announcedAt.toISOString(), kind: 'announced' as const }] : []),
      ...(company.requiredAt ? [{ at: company.requiredAt.toISOString(), kind: 'required' as const }] : []),
    ],
  }
}

/** Evenly from the company's first day (at most twelve weeks ago, at least two weeks) to now. */
const daysOf = (members: { from: Date }[], now: Date): Date[] => {
  const first = members.reduce((least, { from }) => Math.min(least, from.getTime()), now.getTime())
  const start = Math.max(now.getTime() - days(84), Math.min(first, now.getTime() - days(12)))
  const step = (now.getTime() - start) / (points - 1)
  return Array.from({ length: points }, (_, index) => new Date(start + step * index))
}

const countOn = (
  day: Date,
  spans: Span[],
  members: { from: Date }[],
  order: Map<FactorName, number>,
): EnrolmentDay => {
  const best = new Map<string, FactorName>()
  for (const { personId, factor, from, until } of spans) {
    if (from > day || (until && until <= day)) continue
    const held = best.get(personId)
    if (held === undefined || (order.get(factor) ?? 99) < (order.get(held) ?? 99)) best.set(personId, factor)
  }
  const byFactor: Partial<Record<FactorName, number>> = {}
  for (const factor of best.values()) byFactor[factor] = (byFactor[factor] ?? 0) + 1
  return { day: day.toISOString(), people: members.filter(({ from }) => from <= day).length, byFactor }
}
