import type { Db } from '../db/connect.ts'
import type { AuthenticatorRow } from '../db/stores/factors/authenticators.ts'
import * as persons from '../db/stores/people/persons.ts'
import type { AttemptRow } from '../db/stores/sign-in/attempts.ts'
import type { AnyFactor } from '../factors/factor.ts'
import { factorNamed, factors } from '../factors/registry.ts'
import { isRequired } from '../policy/decide.ts'
import { Problem } from '../problem.ts'

/** What a sign-in at a company with a factor of its own asks next. */
export type CompanyStep =
  /** Bound: that factor, and nothing else. */
  | { kind: 'ask'; bound: AuthenticatorRow }
  /** Not bound, with a factor of their own: that one first. */
  | { kind: 'prove-own'; own: AuthenticatorRow[] }
  /** Not bound, and nothing of their own where one is required: the mailbox first (attack A-30). */
  | { kind: 'confirm-email' }
  | { kind: 'bind' }

const roleOf = (row: AuthenticatorRow) => factorNamed(row.factor).about.role

/** The factor that companies bring. */
export const companyFactor = (): AnyFactor => {
  const found = factors.find((one) => one.about.role === 'company')
  if (!found) throw new Error('No factor that companies bring')
  return found
}

/** Computed from what is held and was proven, so that every door and every reload agree. */
export const companyStep = async (
  db: Db,
  attempt: Pick<AttemptRow, 'personId' | 'factorAt' | 'emailProvenAt'>,
  held: AuthenticatorRow[],
  now: Date,
): Promise<CompanyStep> => {
  const bound = held.find((row) => roleOf(row) === 'company')
  if (bound) return { kind: 'ask', bound }
  if (attempt.factorAt) return { kind: 'bind' }
  if (held.some((row) => roleOf(row) !== 'recovery')) return { kind: 'prove-own', own: held }
  if (attempt.emailProvenAt) return { kind: 'bind' }
  const memberships = await persons.activeMemberships(db, attempt.personId)
  return memberships.some((row) => isRequired(row, now)) ? { kind: 'confirm-email' } : { kind: 'bind' }
}

/**
 * Whether an authenticator may be asked (still) in this sign-in, where a company brings a factor and where none does.
 * @throws Problem `wrong-step`
 */
export const mayAsk = async (
  db: Db,
  attempt: AttemptRow,
  one: AuthenticatorRow,
  held: AuthenticatorRow[],
  now: Date,
): Promise<void> => {
  const role = roleOf(one)
  if (attempt.outcome !== 'duo' || role === 'lent') {
    if (attempt.factorAt || role === 'company') throw new Problem('wrong-step')
    return
  }
  const step = await companyStep(db, attempt, held, now)
  const asked =
    step.kind === 'ask' ? step.bound.id === one.id : step.kind === 'prove-own' && role !== 'company'
  if (!asked) throw new Problem('wrong-step')
}

/** @throws Problem `wrong-step` unless this sign-in has come to binding the company’s factor */
export const mayBind = async (
  db: Db,
  attempt: AttemptRow | null,
  held: AuthenticatorRow[],
  now: Date,
): Promise<void> => {
  if (attempt?.outcome !== 'duo' || (await companyStep(db, attempt, held, now)).kind !== 'bind')
    throw new Problem('wrong-step')
}
