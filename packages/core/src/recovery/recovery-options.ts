import type { RecoveryOptions } from '@countersign/contract'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as passcodes from '../db/stores/recovery/passcodes.ts'
import * as people from '../db/stores/recovery/people.ts'
import * as phoneChanges from '../db/stores/recovery/phone-changes.ts'
import type { AttemptRow } from '../db/stores/sign-in/attempts.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import type { Deps } from '../deps.ts'
import { hashToken } from '../keys/tokens.ts'
import { Problem } from '../problem.ts'
import { passcodeWay, waysOf } from '../sign-in/view-sign-in.ts'

/** "I don’t have access to my phone": what this person can do about it. @throws Problem `attempt-over` */
export const recoveryOptions = async (deps: Deps, token: string): Promise<RecoveryOptions> => {
  const now = deps.clock.now()
  const attempt = await attempts.findOpen(deps.sql, hashToken(token), now)
  if (!attempt) throw new Problem('attempt-over')
  const [held, lent, memberships] = await Promise.all([
    authenticators.listHeld(deps.sql, attempt.personId),
    passcodes.findLive(deps.sql, attempt.personId, now),
    persons.activeMemberships(deps.sql, attempt.personId),
  ])
  const client = memberships.some((row) => row.accountType === 'client')
  const admins = client ? [] : await people.securityAdmins(deps.sql, attempt.companyIds)
  return {
    recoveryCode: waysOf(held.filter((row) => row.factor === 'recovery-codes'))[0] ?? null,
    passcode: lent ? passcodeWay(lent.id) : null,
    admins: [...new Set(admins.filter((one) => one.id !== attempt.personId).map((one) => one.name))],
    client,
    phoneChange: held.length > 0 ? await phoneChangeOf(deps, attempt) : null,
  }
}

const phoneChangeOf = async (deps: Deps, attempt: AttemptRow): Promise<RecoveryOptions['phoneChange']> => {
  if (attempt.outcome !== 'challenge' && attempt.outcome !== 'locked') return null
  const [slowest] = await deps.sql<{ hours: number }[]>`
    select coalesce(max(phone_change_hours), 72)::int as hours from companies where id = any(${attempt.companyIds}::uuid[])`
  const row = await phoneChanges.findWaiting(deps.sql, attempt.personId)
  const waiting = row && {
    id: row.id,
    number: row.number,
    askedAt: row.createdAt.toISOString(),
    readyAt: row.readyAt.toISOString(),
  }
  return { hours: slowest?.hours ?? 72, waiting }
}
