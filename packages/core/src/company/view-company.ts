import type { CompanyView, MailProgress, Requirement } from '@countersign/contract'
import type { Db } from '../db/connect.ts'
import * as companies from '../db/stores/company/companies.ts'
import { holdsFactor, isSecondFactor } from '../db/stores/factors/second-factors.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { factorNamed } from '../factors/registry.ts'
import { actingIn } from '../people/acting.ts'
import { isRequired } from '../policy/decide.ts'
import { Problem } from '../problem.ts'

/** @throws Problem `not-allowed` */
export const viewCompany = async (deps: Deps, session: LiveSession): Promise<CompanyView> => {
  const admin = actingIn(session, 'admin')
  const company = await companies.find(deps.sql, admin.companyId)
  if (!company) throw new Problem('not-found')
  const [counts, mails, ownFactor] = await Promise.all([
    countPeople(deps.sql, company.id),
    mailProgress(deps.sql, company.id),
    ownStrongest(deps.sql, admin.personId),
  ])
  return {
    id: company.id,
    name: company.name,
    ...counts,
    requirement: requirementOf(company, deps.clock.now()),
    ownFactor,
    mails,
  }
}

/** The state of the requirement as people are told it; a date that has come counts as required at once. */
const requirementOf = (company: companies.CompanyRow, now: Date): Requirement => {
  const since = company.requiredAt ?? company.requiredFrom
  if (since && isRequired(company, now)) return { state: 'required', since: since.toISOString() }
  if (company.requiredFrom && company.announcedAt)
    return {
      state: 'announced',
      from: company.requiredFrom.toISOString(),
      announcedAt: company.announcedAt.toISOString(),
    }
  return { state: 'off' }
}

const countPeople = async (db: Db, companyId: string) => {
  const [row] = await db<{ people: number; secured: number }[]>`
    select count(*)::int as people, count(*) filter (where m.joined_at is not null and ${holdsFactor(db, db`m.person_id`)})::int as secured
    from memberships m where m.company_id = ${companyId} and m.deactivated_at is null`
  return { people: row?.people ?? 0, secured: row?.secured ?? 0 }
}

/** The newest notice to many, and how far it is. */
const mailProgress = async (db: Db, companyId: string): Promise<MailProgress | null> => {
  const [row] = await db<(Omit<MailProgress, 'startedAt'> & { createdAt: Date })[]>`
    select b.template, b.total, b.created_at,
      (select count(*)::int from mails where batch_id = b.id and sent_at is not null) as sent,
      (select count(*)::int from mails where batch_id = b.id and sent_at is null and last_error is not null) as failed
    from mail_batches b where b.company_id = ${companyId} and b.audience <> 'security-admins'
    order by b.created_at desc limit 1`
  if (!row) return null
  const { createdAt, ...rest } = row
  return { ...rest, startedAt: createdAt.toISOString() }
}

const ownStrongest = async (db: Db, personId: string): Promise<string | null> => {
  const rows = await db<{ factor: Parameters<typeof factorNamed>[0] }[]>`
    select distinct factor from authenticators a
    where a.person_id = ${personId} and a.locked_at is null and ${isSecondFactor(db)}`
  const [best] = rows.map((row) => factorNamed(row.factor).about).sort((a, b) => b.strength - a.strength)
  return best?.label ?? null
}
