import type { ProfileView, SecurityView } from '@countersign/contract/session'
import { requirementSentence } from '../../copy/requirement.ts'

export type NextStep = {
  kind: 'enable' | 'locked' | 'codes' | 'stronger' | 'second' | 'email'
  title: string
  why: string
  /** The words on the button that leads there; null where there is nothing to press here. */
  act: string | null
}

/** At this many codes the server warns too. */
const fewCodes = 3

const enable = ({ requirement }: SecurityView): NextStep => ({
  kind: 'enable',
  title: 'Enable 2FA',
  why: requirement
    ? requirementSentence(requirement)
    : 'Until then, whoever learns your password can sign in as you.',
  act: 'Enable 2FA',
})

const codes = ({ recoveryCodes }: SecurityView): NextStep | null => {
  if (!recoveryCodes)
    return {
      kind: 'codes',
      title: 'Make recovery codes',
      why: 'They let you in on the day your phone is gone.',
      act: 'Make codes',
    }
  const { left } = recoveryCodes
  if (left > fewCodes) return null
  const few =
    left === 0
      ? 'No recovery code is left'
      : left === 1
        ? 'One recovery code is left'
        : `${left} recovery codes are left`
  return {
    kind: 'codes',
    title: few,
    why: 'New ones take a minute. The old ones stop working then.',
    act: 'Make new codes',
  }
}

const sturdier = ({ authenticators }: SecurityView): NextStep | null => {
  const usable = authenticators.filter((one) => !one.locked)
  if (usable.every((one) => one.strength === 1))
    return {
      kind: 'stronger',
      title: 'Add something stronger than a text',
      why: 'Texts and calls can be intercepted. An app or a passkey cannot.',
      act: 'Add a factor',
    }
  if (usable.length > 1) return null
  return {
    kind: 'second',
    title: 'Add a second way in',
    why: 'With two factors, losing one is a nuisance and not a lockout.',
    act: 'Add a factor',
  }
}

const locked = ({ authenticators }: SecurityView): NextStep[] =>
  authenticators
    .filter((one) => one.locked)
    .map(({ name }) => ({
      kind: 'locked',
      title: `${name} is locked`,
      why: 'Too many wrong codes were entered. Add another factor, then remove this one.',
      act: 'See your factors',
    }))

const email = (profile: ProfileView | undefined): NextStep | null =>
  profile?.pendingEmail
    ? {
        kind: 'email',
        title: 'Confirm your new e-mail address',
        why: `Open the link we mailed to ${profile.pendingEmail}.`,
        act: null,
      }
    : null

/** Whether sign-ins ask for the company's factor and nothing else: then codes and further factors let nobody in. */
export const companyAsks = ({ authenticators }: SecurityView): boolean =>
  authenticators.some((one) => one.factor === 'duo')

const ownSteps = (security: SecurityView) => {
  if (!security.secured) return [enable(security)]
  return companyAsks(security) ? [] : [codes(security), sturdier(security)]
}

/** What somebody should do about their account, the most pressing first. */
export const nextSteps = (security: SecurityView, profile: ProfileView | undefined): NextStep[] => {
  const own = ownSteps(security)
  return [...locked(security), ...own, email(profile)].filter((step) => step !== null)
}
