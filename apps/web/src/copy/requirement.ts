import type { SecurityView } from '@countersign/contract/session'
import type { SignInView } from '@countersign/contract/sign-in'
import { dateText } from '../ui/status/time-ago.tsx'

type Requirement = NonNullable<SecurityView['requirement']>

/** Whose rule it is, and from when. */
export const requirementSentence = ({ company, from, inForce }: Requirement): string =>
  inForce
    ? `${company} requires two-factor authentication.`
    : `${company} requires two-factor authentication from ${dateText(from)}.`

/** Why a sign-in asks for a factor to be set up; null where nobody requires one, now or from a day on. */
export const whyEnrol = ({ step, reason }: Pick<SignInView, 'step' | 'reason'>): string | null => {
  if (step.kind !== 'enrol') return null
  if (step.requiredBy) return requirementSentence({ company: step.requiredBy, from: '', inForce: true })
  const { rule, company, at } = reason ?? {}
  if (rule !== 'no-factor' || !company || !at) return null
  return requirementSentence({ company, from: at, inForce: false })
}
