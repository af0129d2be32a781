import type { Db } from '../db/connect.ts'
import * as authenticators from '../db/stores/authenticators.ts'
import * as persons from '../db/stores/persons.ts'
import { factorNamed } from '../factors/registry.ts'
import type { DecideInput } from '../policy/decide.ts'

export type Facts = {
  memberships: persons.MembershipRow[]
  held: authenticators.AuthenticatorRow[]
  /** The company entered; null for a person of several. */
  companyId: string | null
  companyIds: string[]
  input: DecideInput
}

/** Everything `decide` looks at, read once. */
export const gatherFacts = async (db: Db, personId: string, now: Date): Promise<Facts> => {
  const [memberships, held] = await Promise.all([
    persons.activeMemberships(db, personId),
    authenticators.listHeld(db, personId),
  ])
  const [first] = memberships
  return {
    memberships,
    held,
    companyId: memberships.length === 1 && first ? first.companyId : null,
    companyIds: memberships.map((row) => row.companyId),
    input: {
      memberships: memberships.map((row) => ({
        policy: persons.policyOf(row),
        accountType: row.accountType,
        remindAt: row.remindAt,
      })),
      factors: held
        .filter((row) => factorNamed(row.factor).about.role !== 'recovery')
        .map((row) => ({ locked: row.lockedAt !== null })),
      passcodeDue: false,
      network: null,
      trust: null,
      now,
    },
  }
}
