import type { Db } from '../db/connect.ts'
import * as trusts from '../db/stores/company/trusts.ts'
import { lostFactor } from '../db/stores/duo/company-bound.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as passcodes from '../db/stores/recovery/passcodes.ts'
import { factorNamed } from '../factors/registry.ts'
import type { DecideInput } from '../policy/decide.ts'

export type Facts = {
  memberships: persons.MembershipRow[]
  held: authenticators.AuthenticatorRow[]
  /** The company entered; null for a person of several. */
  companyId: string | null
  companyIds: string[]
  input: DecideInput
  /** The trust that speaks for this browser, if one does. */
  trustId: string | null
}

/** Where a sign-in comes from. Whoever leaves it out gets the stricter decision. */
export type From = { address: string; tokenHash: Buffer | null }

/** Everything `decide` looks at, read once. */
export const gatherFacts = async (
  db: Db,
  personId: string,
  now: Date,
  from: From | null = null,
): Promise<Facts> => {
  const [memberships, held, lent, lost] = await Promise.all([
    persons.activeMemberships(db, personId),
    authenticators.listHeld(db, personId),
    passcodes.findLive(db, personId, now),
    lostFactor(db, personId),
  ])
  const [first] = memberships
  const companyId = memberships.length === 1 && first ? first.companyId : null
  const place = companyId && from ? await trusts.placeOf(db, { personId, companyId, ...from }, now) : null
  return {
    memberships,
    held,
    companyId,
    trustId: place?.trust?.id ?? null,
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
      passcodeDue: lent !== null || lost,
      network: place?.network ?? null,
      trust: place?.trust ?? null,
      now,
    },
  }
}
