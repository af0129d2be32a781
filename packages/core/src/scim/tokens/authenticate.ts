import * as tokens from '../../db/stores/scim/tokens.ts'
import * as throttles from '../../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../../deps.ts'
import { hashToken } from '../../keys/tokens.ts'
import type { Actor } from '../../people/acting.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { addressBucket } from '../../sign-in/buckets.ts'

const { scim: limits } = parameters

/**
 * Whose directory calls. It acts as its company and as nobody in it: it may change anybody there, and no role.
 * Only wrong tokens are counted, so a neighbour behind the same address cannot shut a directory out.
 * @throws Problem `not-signed-in`, `too-many-requests` after many wrong tokens from one address
 */
export const authenticateDirectory = async (
  deps: Deps,
  caller: Caller,
  token: string | null,
): Promise<Actor> => {
  const now = deps.clock.now()
  const found = token === null ? null : await tokens.findLive(deps.sql, hashToken(token), now)
  if (!found) {
    const key = `scim:${addressBucket(caller.address)}`
    const wait = await throttles.hit(deps.sql, key, limits.wrongPerWindow, limits.window, now)
    if (wait !== null) throw new Problem('too-many-requests', { retryAfter: wait })
    throw new Problem('not-signed-in')
  }
  if (now.getTime() - (found.lastUsedAt?.getTime() ?? 0) > limits.touch)
    await tokens.touch(deps.sql, found.id, now)
  const { companyId, companyName } = found
  return { id: null, personId: null, companyId, companyName, name: 'the directory', role: 'security_admin' }
}
