import type { Offer, SignInView, Way } from '@countersign/contract'
import { lostFactor } from '../db/stores/duo/company-bound.ts'
import type { AuthenticatorRow } from '../db/stores/factors/authenticators.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as passcodes from '../db/stores/recovery/passcodes.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import type { Deps } from '../deps.ts'
import { factorNamed, factors } from '../factors/registry.ts'
import { hashToken } from '../keys/tokens.ts'
import { maskAddress } from '../mail/mask-address.ts'
import { Problem } from '../problem.ts'
import { companyFactor, companyStep } from './company-factor.ts'

/** The ways a person may prove themselves, last used first, recovery codes at the end. */
export const waysOf = (held: AuthenticatorRow[]): Way[] =>
  held
    .filter((row) => row.lockedAt === null)
    .map((row) => ({ row, about: factorNamed(row.factor).about }))
    .sort((a, b) => Number(a.about.role === 'recovery') - Number(b.about.role === 'recovery'))
    .map(({ row, about }) => ({
      authenticatorId: row.id,
      factor: row.factor,
      label: about.label,
      name: row.name,
      icon: about.icon,
      strength: about.strength,
    }))

/** What may be enrolled now, strongest first. */
export const offersFor = (held: { factor: string }[]): Offer[] =>
  factors
    .filter((factor) => factor.about.role === 'second-factor')
    .filter((factor) => held.filter((row) => row.factor === factor.name).length < factor.about.perPerson)
    .map(({ name, about }) => ({
      factor: name,
      label: about.choice,
      sentence: about.sentence,
      icon: about.icon,
      strength: about.strength,
    }))

/**
 * Where a sign-in stands: computed from what was proven, so that reload, back and a second tab agree.
 * @throws Problem `attempt-over`
 */
export const viewSignIn = async (deps: Deps, token: string): Promise<SignInView> => {
  const now = deps.clock.now()
  const attempt = await attempts.findOpen(deps.sql, hashToken(token), now)
  if (!attempt) throw new Problem('attempt-over')
  return {
    person: { name: attempt.personName, email: attempt.personEmail },
    company: attempt.companyName,
    reason: attempt.reason,
    expiresAt: attempt.expiresAt.toISOString(),
    step: await stepOf(deps, attempt),
  }
}

const stepOf = async (deps: Deps, attempt: attempts.AttemptRow): Promise<SignInView['step']> => {
  if (attempt.factorAt) {
    const [due] = await deps.sql<{ id: string }[]>`
      select id from challenges where attempt_id = ${attempt.id} and purpose = 'enrol' and factor = 'recovery-codes'
        and consumed_at is null and expires_at > ${deps.clock.now()} order by created_at desc limit 1`
    if (due) return { kind: 'save-codes', challengeId: due.id }
  }
  if (attempt.outcome === 'recover')
    return attempt.passwordChosen
      ? { kind: 'enrol', offers: offersFor([]), requiredBy: null, remindable: false }
      : { kind: 'set-password' }
  const held = await authenticators.listHeld(deps.sql, attempt.personId)
  if (attempt.outcome === 'remind' || attempt.outcome === 'must-enrol') {
    const requiredBy =
      attempt.outcome === 'must-enrol' ? (attempt.reason.company ?? attempt.companyName ?? '') : null
    return { kind: 'enrol', offers: offersFor(held), requiredBy, remindable: attempt.outcome === 'remind' }
  }
  if (attempt.outcome === 'duo') return stepOfCompany(deps, attempt, held)
  if (attempt.outcome === 'passcode' && (await lostFactor(deps.sql, attempt.personId)))
    return { kind: 'confirm-email', masked: maskAddress(attempt.personEmail) }
  const lent = await passcodes.findLive(deps.sql, attempt.personId, deps.clock.now())
  return { kind: 'prove', ways: [...waysOf(held), ...(lent ? [passcodeWay(lent.id)] : [])] }
}

const stepOfCompany = async (
  deps: Deps,
  attempt: attempts.AttemptRow,
  held: AuthenticatorRow[],
): Promise<SignInView['step']> => {
  const next = await companyStep(deps.sql, attempt, held, deps.clock.now())
  switch (next.kind) {
    case 'ask':
      return { kind: 'prove', ways: waysOf([next.bound]) }
    case 'prove-own':
      return { kind: 'prove', ways: waysOf(next.own) }
    case 'confirm-email':
      return { kind: 'confirm-email', masked: maskAddress(attempt.personEmail) }
    case 'bind': {
      const { name, about } = companyFactor()
      return { kind: 'bind', factor: name, label: about.label }
    }
  }
}

/** The way that a live passcode adds. */
export const passcodeWay = (authenticatorId: string): Way => {
  const { name, about } = factorNamed('passcode')
  return {
    authenticatorId,
    factor: name,
    label: about.label,
    name: 'By e-mail',
    icon: about.icon,
    strength: about.strength,
  }
}
