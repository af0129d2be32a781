import { lockCompany, lockMember } from '../../db/stores/employees/read.ts'
import * as members from '../../db/stores/scim/members.ts'
import type { Caller, Deps } from '../../deps.ts'
import { putOut } from '../../employees/change/deactivate.ts'
import { inOurWords } from '../../employees/refusals.ts'
import type { Actor } from '../../people/acting.ts'
import { Problem } from '../../problem.ts'
import { type Change, requireVersion } from './version.ts'

/**
 * Deactivates, and from then on the directory sees nobody there (RFC 7644 §3.6). The person, the audit and the way
 * back stay: an administrator's, or the directory's by adding them anew.
 * @throws Problem `not-found`, `conflict`, `last-security-admin`
 */
export const deleteUser = async (deps: Deps, caller: Caller, actor: Actor, { id, version }: Change) => {
  const { companyId } = actor
  await deps.sql
    .begin(async (tx) => {
      await lockCompany(tx, companyId)
      const row = await members.findUser(tx, companyId, id)
      const member = row && (await lockMember(tx, companyId, row.personId))
      if (!row || !member) throw new Problem('not-found')
      requireVersion(version, row)
      await members.markDeleted(tx, row, companyId, deps.clock.now())
      await putOut(tx, deps, caller, actor, member)
    })
    .catch(inOurWords)
}
