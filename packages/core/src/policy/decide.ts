import type { AccountType, Reason } from '@countersign/contract'
import { parameters } from './parameters.ts'

/** A company of the person, as far as it decides. */
export type CompanyPolicy = {
  id: string
  name: string
  requiredAt: Date | null
  /** Announced start of the requirement. */
  requiredFrom: Date | null
  usesDuo: boolean
}

export type DecideInput = {
  /** Active memberships only; the policy is null when it could not be read, and then counts as required. */
  memberships: { policy: CompanyPolicy | null; accountType: AccountType; remindAt: Date | null }[]
  /** What the person holds: second factors, not recovery codes. */
  factors: { locked: boolean }[]
  /** An administrator reset the factor and an e-mailed passcode is due. */
  passcodeDue: boolean
  /** The trusted network the client's address is in. */
  network: { name: string } | null
  /** The last check by this person, company, network and browser. */
  trust: { verifiedAt: Date } | null
  now: Date
}

export type Outcome =
  | 'refuse'
  | 'challenge'
  | 'skip'
  | 'let-in'
  | 'remind'
  | 'must-enrol'
  | 'duo'
  | 'passcode'
  | 'locked'
export type Decision = { outcome: Outcome; reason: Reason }

const day = 24 * 60 * 60 * 1000

/** Whether a policy is in force at a moment; one that cannot be read is. */
export const isRequired = (
  policy: Pick<CompanyPolicy, 'requiredAt' | 'requiredFrom'> | null,
  now: Date,
): boolean =>
  policy === null ||
  policy.requiredAt !== null ||
  (policy.requiredFrom !== null && policy.requiredFrom.getTime() <= now.getTime())

/** The strictest rule of a person's companies, as the reason to give. */
const requirement = (input: DecideInput): Reason | null => {
  const strict = input.memberships.find(({ policy }) => isRequired(policy, input.now))
  if (!strict) return null
  if (strict.policy === null) return { rule: 'policy-unreadable' }
  return { rule: 'company-requires', company: strict.policy.name }
}

const withFactor = (input: DecideInput): Decision => {
  const [first] = input.memberships
  const alone = input.memberships.length === 1
  if (!alone && input.memberships.some(({ policy }) => policy?.usesDuo))
    return { outcome: 'challenge', reason: { rule: 'duo-not-for-several-companies' } }
  if (alone && first?.policy?.usesDuo)
    return { outcome: 'duo', reason: { rule: 'duo', company: first.policy.name } }
  if (!input.network || !alone || !first?.policy)
    return { outcome: 'challenge', reason: { rule: 'has-factor' } }
  if (first.accountType === 'client') return { outcome: 'challenge', reason: { rule: 'client-account' } }
  if (!input.trust)
    return { outcome: 'challenge', reason: { rule: 'other-network', network: input.network.name } }
  const age = input.now.getTime() - input.trust.verifiedAt.getTime()
  const numbers = { network: input.network.name, days: Math.floor(age / day) }
  return age >= 0 && age <= parameters.trust.life
    ? { outcome: 'skip', reason: { rule: 'trusted-network', ...numbers } }
    : { outcome: 'challenge', reason: { rule: 'trust-expired', ...numbers } }
}

/** The next day from which one of a person's companies requires a factor, so that who puts it off knows how long. */
const announced = ({ memberships }: DecideInput): Pick<Reason, 'company' | 'at'> => {
  const [next] = memberships
    .flatMap(({ policy }) =>
      policy?.requiredFrom ? [{ company: policy.name, at: policy.requiredFrom.toISOString() }] : [],
    )
    .sort((a, b) => a.at.localeCompare(b.at))
  return next ?? {}
}

const withoutFactor = (input: DecideInput): Decision => {
  const [first] = input.memberships
  if (input.passcodeDue) return { outcome: 'passcode', reason: { rule: 'factor-reset' } }
  if (input.memberships.length === 1 && first?.policy?.usesDuo)
    return { outcome: 'duo', reason: { rule: 'duo', company: first.policy.name } }
  const required = requirement(input)
  if (required) return { outcome: 'must-enrol', reason: required }
  const reminders = input.memberships.map(({ remindAt }) => remindAt?.getTime() ?? 0)
  const remindAt = Math.min(...reminders)
  return remindAt > input.now.getTime()
    ? { outcome: 'let-in', reason: { rule: 'reminded-later', at: new Date(remindAt).toISOString() } }
    : { outcome: 'remind', reason: { rule: 'no-factor', ...announced(input) } }
}

/**
 * What a right password leads to. Pure and total; serves sign-in, the status column and the rehearsal.
 * Tightening any input never turns a question into a way in (security invariants 3 to 7).
 */
export const decide = (input: DecideInput): Decision => {
  if (input.memberships.length === 0) return { outcome: 'refuse', reason: { rule: 'not-a-member' } }
  if (input.factors.some(({ locked }) => !locked)) return withFactor(input)
  if (input.factors.length > 0) return { outcome: 'locked', reason: { rule: 'factor-locked' } }
  return withoutFactor(input)
}
