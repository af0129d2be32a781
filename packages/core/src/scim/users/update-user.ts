import type { ScimUser } from '@countersign/contract'
import { lockCompany } from '../../db/stores/employees/read.ts'
import * as members from '../../db/stores/scim/members.ts'
import type { Caller, Deps } from '../../deps.ts'
import { inOurWords } from '../../employees/refusals.ts'
import type { Actor } from '../../people/acting.ts'
import { Problem } from '../../problem.ts'
import { applyPatch } from '../patch/apply-patch.ts'
import { readUser } from '../resource/read-user.ts'
import { asWritten } from '../resource/show-user.ts'
import { readWanted } from './change.ts'
import { settle } from './settle.ts'
import { type Change, requireVersion } from './version.ts'

/** Where somebody else was quicker, a request that named no version is worked out anew so often. */
const tries = 3

/** @throws Problem `not-found`, `conflict` where the version named is not the current one, and as `settle` */
const update = async (
  deps: Deps,
  caller: Caller,
  actor: Actor,
  { id, version }: Change,
  change: (now: ScimUser) => ScimUser,
): Promise<members.ScimRow> => {
  for (let left = tries; ; left -= 1) {
    const row = await members.findUser(deps.sql, actor.companyId, id)
    if (!row) throw new Problem('not-found')
    requireVersion(version, row)
    const wanted = readWanted(change(asWritten(row)), row)
    try {
      return await deps.sql.begin(async (tx) => {
        await lockCompany(tx, actor.companyId)
        return settle(tx, deps, caller, actor, row, wanted)
      })
    } catch (error) {
      const overtaken = error instanceof Problem && error.code === 'conflict'
      if (!overtaken || version !== null || left === 1) return inOurWords(error)
    }
  }
}

/** PUT: the whole of what a directory says; numbers and state it does not speak of stay as they are. */
export const replaceUser = (deps: Deps, caller: Caller, actor: Actor, change: Change, body: unknown) => {
  const user = readUser(body)
  return update(deps, caller, actor, change, (now) => ({
    ...user,
    phoneNumbers: user.phoneNumbers ?? now.phoneNumbers,
  }))
}

/** PATCH: numbers that were removed are gone. */
export const patchUser = (deps: Deps, caller: Caller, actor: Actor, change: Change, body: unknown) =>
  update(deps, caller, actor, change, (now) => {
    const user = applyPatch(now, body)
    return { ...user, phoneNumbers: user.phoneNumbers ?? [] }
  })
