import type { AccountType, EntryReason, Role } from '@countersign/contract'
import { type CompanyPolicy, isRequired } from './decide.ts'

/** What an application asks of whoever enters. */
export type EntryPolicy = {
  name: string
  disabledAt: Date | null
  /** Null: people of every company. */
  companyIds: string[] | null
  accountTypes: AccountType[]
  roles: Role[]
  minimumAal: 1 | 2
  /** Seconds that the last check may be old. */
  maxAge: number | null
}

/** A person in one company. */
export type EntryMembership = {
  companyId: string
  companyName: string
  accountType: AccountType
  role: Role
}

export type EntryInput = {
  application: EntryPolicy
  /** The company acted in; null until one is chosen. */
  acting: EntryMembership | null
  /** The person's other active memberships, to say from where they could enter. */
  others: EntryMembership[]
  /** The acting company's own rule; null when it could not be read, and then counts as required. */
  company: Pick<CompanyPolicy, 'requiredAt' | 'requiredFrom'> | null
  session: {
    aal: 1 | 2
    /** The last time somebody proved who they are: the factor's, else the password's. */
    provenAt: Date
    /** Let in without the factor because of a check on this trusted network. */
    remembered: boolean
  }
  /** What this request asks beyond what is registered; nothing lowers what is. */
  asked: { aal: 1 | 2; maxAge: number | null; anew: boolean }
  now: Date
}

export type EntryOutcome = 'enter' | 'choose-company' | 'step-up' | 'fresh' | 'refuse'
export type Entry = { outcome: EntryOutcome; reason: EntryReason }

type Rule = Omit<EntryReason, 'application'>

/** Why a membership does not open the door; null when it does. */
const bar = (application: EntryPolicy, member: EntryMembership): Rule | null => {
  const company = member.companyName
  if (application.companyIds !== null && !application.companyIds.includes(member.companyId))
    return { rule: 'other-company', company, ask: 'operator' }
  if (!application.accountTypes.includes(member.accountType)) {
    const ask = member.accountType === 'client' ? 'support' : 'operator'
    return { rule: 'other-account-type', company, accountTypes: application.accountTypes, ask }
  }
  if (!application.roles.includes(member.role))
    return { rule: 'other-role', company, roles: application.roles, ask: 'security-admin' }
  return null
}

/** What asks for a second factor that this session has not proven, strictest first. */
const missingFactor = ({ application, company, session, asked, now, acting }: EntryInput): Rule | null => {
  if (session.aal === 2) return null
  if (application.minimumAal === 2) return { rule: 'application-asks-factor' }
  if (asked.aal === 2) return { rule: 'request-asks-factor' }
  // A check on a trusted network is what the company itself takes for its second factor.
  if (isRequired(company, now) && !session.remembered)
    return { rule: 'company-requires', company: acting?.companyName }
  return null
}

const staleness = ({ application, asked, session, now }: EntryInput): Rule | null => {
  if (asked.anew) return { rule: 'asked-anew' }
  const limits = [application.maxAge, asked.maxAge].filter((one) => one !== null)
  if (limits.length === 0) return null
  const maxAge = Math.min(...limits)
  const age = now.getTime() - session.provenAt.getTime()
  return age >= 0 && age <= maxAge * 1000 ? null : { rule: 'too-long-ago', maxAge }
}

const judge = (input: EntryInput): [EntryOutcome, Rule] => {
  const { application, acting } = input
  if (application.disabledAt !== null) return ['refuse', { rule: 'application-disabled', ask: 'operator' }]
  const open = input.others.filter((one) => bar(application, one) === null).map((one) => one.companyName)
  if (acting === null) return ['choose-company', { rule: 'company-not-chosen', enterFrom: open }]
  const barred = bar(application, acting)
  if (barred) return ['refuse', open.length > 0 ? { ...barred, enterFrom: open } : barred]
  const factor = missingFactor(input)
  if (factor) return ['step-up', factor]
  const stale = staleness(input)
  if (stale) return ['fresh', stale]
  return ['enter', { rule: 'may-enter' }]
}

/**
 * Whether a session enters an application now: the strictest of application, request and company decides.
 * Pure and total; serves OpenID Connect, forward authentication and the list on Home. Tightening any input never
 * turns anything else into `enter`, and what is refused is refused however strong the session is.
 */
export const mayEnter = (input: EntryInput): Entry => {
  const [outcome, rule] = judge(input)
  return { outcome, reason: { ...rule, application: input.application.name } }
}
