import type { Db } from '../../db/connect.ts'
import { findMember, lockCompany } from '../../db/stores/employees/read.ts'
import * as members from '../../db/stores/scim/members.ts'
import * as throttles from '../../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../../deps.ts'
import { addInvited, addUninvited } from '../../employees/invite/invite.ts'
import { inOurWords } from '../../employees/refusals.ts'
import type { Actor } from '../../people/acting.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { readUser } from '../resource/read-user.ts'
import { readWanted, type Wanted, writtenIn } from './change.ts'
import { found, settle } from './settle.ts'

/**
 * Adds somebody as by an invitation: an employee without any other role, who is mailed the way in; somebody not
 * active is added without a mail. Whom the directory deleted before comes back as they were.
 * @throws Problem `scim-refused`, `already-member`, `too-many-requests`
 */
export const createUser = async (
  deps: Deps,
  caller: Caller,
  actor: Actor,
  body: unknown,
): Promise<members.ScimRow> => {
  const wanted = readWanted(readUser(body), null)
  return deps.sql
    .begin(async (tx) => {
      await lockCompany(tx, actor.companyId)
      await countAdded(tx, deps, actor)
      const { userName } = wanted.user
      const taken = await members.findTaken(tx, actor.companyId, userName, wanted.email)
      const [before] = taken
      if (before && taken.length === 1 && isDeleted(before)) {
        const active = wanted.user.active ?? true
        return settle(tx, deps, caller, actor, before, { ...wanted, user: { ...wanted.user, active } })
      }
      if (before) throw new Problem('already-member')
      return add(tx, deps, caller, actor, wanted)
    })
    .catch(inOurWords)
}

const isDeleted = (row: members.ScimRow) =>
  row.deletedAt !== null && row.deactivatedAt !== null && row.accountType === 'employee'

const countAdded = async (db: Db, deps: Deps, { companyId }: Actor) => {
  const { addsPerDay } = parameters.scim
  const day = 24 * 60 * 60 * 1000
  const wait = await throttles.hit(db, `scim-adds:${companyId}`, addsPerDay, day, deps.clock.now())
  if (wait !== null) throw new Problem('too-many-requests', { retryAfter: wait })
}

const add = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  { user, name, email, number }: Wanted,
): Promise<members.ScimRow> => {
  const invite = { name, email, role: 'employee', accountType: 'employee', number: number ?? null } as const
  const way = user.active === false ? addUninvited : addInvited
  const personId = await way(db, deps, caller, actor, invite)
  const member = await findMember(db, actor.companyId, personId)
  if (!member) throw new Error('A member who was just added is not there')
  await members.save(db, actor.companyId, member.membershipId, writtenIn(user))
  return found(db, actor.companyId, member.membershipId)
}
