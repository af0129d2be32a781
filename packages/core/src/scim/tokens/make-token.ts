import type { ScimTokenMade } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import { after } from '../../clock.ts'
import { lockCompany } from '../../db/stores/employees/read.ts'
import * as tokens from '../../db/stores/scim/tokens.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../../deps.ts'
import { hashToken, newToken } from '../../keys/tokens.ts'
import { actingIn, byActor } from '../../people/acting.ts'
import { requireProven } from '../../people/proven.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'

/** So that scanners for leaked secrets, and people, know it for what it is. */
const prefix = 'countersign_scim_'

/**
 * The company's token for its directory, shown this once. One that is in use goes on for a day, long enough to put
 * the new one in its place.
 * @throws Problem `not-allowed`, `step-up-required`, `needs-own-factor`, `conflict`
 */
export const makeScimToken = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
): Promise<ScimTokenMade> => {
  const admin = actingIn(session, 'security_admin')
  await requireProven(deps, admin)
  const token = prefix + newToken()
  const { companyId, personId: createdBy } = admin
  await deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    await lockCompany(tx, companyId)
    const replaced = await tokens.replaceCurrent(tx, companyId, after(now, parameters.scim.overlap), now)
    const hint = token.slice(-4)
    const made = { companyId, tokenHash: hashToken(token), hint, createdBy, now }
    if (!(await tokens.insert(tx, made))) throw new Problem('conflict')
    await record(tx, now, caller, {
      event: replaced ? 'provisioning.token-replaced' : 'provisioning.token-made',
      ...byActor(admin),
      detail: { endsWith: hint },
    })
  })
  return { token }
}
