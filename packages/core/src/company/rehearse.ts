import type { Rehearsal, RehearsalPerson, StuckWhy } from '@countersign/contract'
import * as companies from '../db/stores/company/companies.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { factorNamed } from '../factors/registry.ts'
import { actingIn } from '../people/acting.ts'
import { decide } from '../policy/decide.ts'
import { Problem } from '../problem.ts'

/** Names shown of each group; the counts are whole. */
const shown = 25

/**
 * What each person would meet at the next sign-in if the company required two-factor authentication from now on:
 * the same `decide` that will decide. Changes nothing. @throws Problem `not-allowed`
 */
export const rehearse = async (deps: Deps, session: LiveSession): Promise<Rehearsal> => {
  const admin = actingIn(session, 'security_admin')
  const now = deps.clock.now()
  const company = await companies.find(deps.sql, admin.companyId)
  if (!company) throw new Problem('not-found')
  const usesDuo = await companies.usesDuo(deps.sql, company.id)
  const [people, sessions] = await Promise.all([
    companies.standings(deps.sql, company.id, usesDuo, now),
    companies.countUnproven(deps.sql, company.id, now),
  ])
  const required = { ...company, requiredAt: now, usesDuo }
  const groups = { ready: [] as companies.StandingRow[], asked: [] as Asked[], stuck: [] as Stuck[] }
  for (const row of people) place(groups, row, required, now)
  return {
    people: people.length,
    ready: { ...group(groups.ready, person), byFactor: countFactors(groups.ready) },
    asked: {
      ...group(groups.asked, ({ row, by }) => ({ ...person(row), by })),
      byNumber: groups.asked.filter((one) => one.by === 'number').length,
    },
    stuck: group(groups.stuck, ({ row, why }) => ({ ...person(row), why })),
    sessions,
  }
}

type Asked = { row: companies.StandingRow; by: 'number' | 'mail' }
type Stuck = { row: companies.StandingRow; why: StuckWhy }
type Groups = { ready: companies.StandingRow[]; asked: Asked[]; stuck: Stuck[] }

/** Another company, which asks nothing: what counts is that there is one. */
const elsewhere = {
  policy: { id: '', name: '', requiredAt: null, requiredFrom: null, usesDuo: false },
  accountType: 'employee' as const,
  remindAt: null,
}

const place = (
  groups: Groups,
  row: companies.StandingRow,
  policy: Parameters<typeof decide>[0]['memberships'][number]['policy'],
  now: Date,
) => {
  if (!row.joinedAt) {
    // A live invitation proves the mailbox; without one the person has no password to begin with.
    if (row.invitationLive) groups.asked.push({ row, by: 'mail' })
    else groups.stuck.push({ row, why: 'invitation-over' })
    return
  }
  const { outcome } = decide({
    memberships: [
      { policy, accountType: row.accountType, remindAt: row.remindAt },
      ...(row.several ? [elsewhere] : []),
    ],
    factors: row.factors,
    passcodeDue: false,
    network: null,
    trust: null,
    now,
  })
  if (outcome === 'locked') groups.stuck.push({ row, why: 'factor-locked' })
  else if (outcome === 'must-enrol') groups.asked.push({ row, by: row.mobileNumber ? 'number' : 'mail' })
  else groups.ready.push(row)
}

const person = (row: companies.StandingRow): RehearsalPerson => ({
  id: row.personId,
  name: row.name,
  email: row.email,
})

const group = <T, R>(all: T[], view: (one: T) => R) => ({
  count: all.length,
  first: all.slice(0, shown).map(view),
})

/** By the strongest that each holds. */
const countFactors = (ready: companies.StandingRow[]): Rehearsal['ready']['byFactor'] => {
  const counts = new Map<string, { label: string; count: number; strength: number }>()
  for (const { factors } of ready) {
    const [best] = factors
      .filter((one) => !one.locked)
      .map((one) => factorNamed(one.factor).about)
      .sort((a, b) => b.strength - a.strength)
    if (!best) continue
    const seen = counts.get(best.label) ?? { label: best.label, count: 0, strength: best.strength }
    counts.set(best.label, { ...seen, count: seen.count + 1 })
  }
  return [...counts.values()]
    .sort((a, b) => b.strength - a.strength)
    .map(({ label, count }) => ({ label, count }))
}
