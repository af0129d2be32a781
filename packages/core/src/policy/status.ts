import type { StatusKind } from '@countersign/contract'
import { type CompanyPolicy, type DecideInput, decide, isRequired } from './decide.ts'
import { parameters } from './parameters.ts'

export type StatusInput = Pick<DecideInput, 'factors' | 'passcodeDue' | 'now'> & {
  /** Set where this company put the person out. */
  deactivatedAt: Date | null
  /** What counts for the person: active memberships, or the one they were invited to; `addedAt` since when. */
  memberships: (Omit<DecideInput['memberships'][number], 'policy'> & {
    policy: (CompanyPolicy & { announcedAt: Date | null }) | null
    addedAt: Date
  })[]
}

export type Status = { kind: StatusKind; since: Date | null }

type Membership = StatusInput['memberships'][number]

const later = (a: Date, b: Date) => (a > b ? a : b)

/** Since when a factor is demanded of this member, where the requirement is in force. */
const demandedSince = ({ policy, addedAt }: Membership, now: Date): Date | null => {
  if (!isRequired(policy, now)) return null
  const start = policy?.requiredAt ?? policy?.requiredFrom ?? addedAt
  return later(start, addedAt)
}

const announcedSince = ({ policy, addedAt }: Membership): Date | null =>
  policy?.requiredFrom ? later(policy.announcedAt ?? policy.requiredFrom, addedAt) : null

const earliest = (dates: (Date | null)[]): Date | null =>
  dates.filter((one) => one !== null).sort((a, b) => a.getTime() - b.getTime())[0] ?? null

/** Of somebody who still has to enrol. A new membership has its own fourteen days; a reactivated one has not. */
const unsecured = ({ memberships, now }: StatusInput): Status => {
  const demanded = earliest(memberships.map((one) => demandedSince(one, now)))
  if (demanded !== null) {
    const overdue = now.getTime() - demanded.getTime() >= parameters.overdue.after
    return { kind: overdue ? 'overdue' : 'pending', since: demanded }
  }
  const announced = earliest(memberships.map(announcedSince))
  return announced ? { kind: 'pending', since: announced } : { kind: 'not-enrolled', since: null }
}

/**
 * Where somebody stands, by the very function that decides their next sign-in: whoever it would challenge is
 * secured, whoever it would lock out is locked out. Pure and total.
 */
export const statusOf = (input: StatusInput): Status => {
  if (input.deactivatedAt !== null) return { kind: 'deactivated', since: input.deactivatedAt }
  const { outcome } = decide({ ...input, network: null, trust: null })
  switch (outcome) {
    case 'challenge':
    case 'skip':
      return { kind: 'secured', since: null }
    case 'locked':
      return { kind: 'locked-out', since: null }
    case 'duo':
      return input.factors.length > 0 ? { kind: 'secured', since: null } : unsecured(input)
    case 'refuse':
    case 'let-in':
    case 'remind':
    case 'must-enrol':
    case 'passcode':
      return unsecured(input)
  }
}
