import type { SecurityView } from '@countersign/contract/session'
import { dateText } from '../ui/status/time-ago.tsx'

type Requirement = NonNullable<SecurityView['requirement']>

/** Whose rule it is, and from when. */
export const requirementSentence = ({ company, from, inForce }: Requirement): string =>
  inForce
    ? `${company} requires two-factor authentication.`
    : `${company} requires two-factor authentication from ${dateText(from)}.`
