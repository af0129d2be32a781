import { record } from '../../audit/record.ts'
import * as tokens from '../../db/stores/scim/tokens.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../../deps.ts'
import { actingIn, byActor } from '../../people/acting.ts'
import { requireProven } from '../../people/proven.ts'
import { Problem } from '../../problem.ts'

/** From the next request on the token opens nothing. @throws Problem `not-allowed`, `step-up-required`, `not-found` */
export const revokeScimToken = async (deps: Deps, caller: Caller, session: LiveSession, id: string) => {
  const admin = actingIn(session, 'security_admin')
  await requireProven(deps, admin)
  await deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const hint = await tokens.revoke(tx, admin.companyId, id, now)
    if (hint === null) throw new Problem('not-found')
    await record(tx, now, caller, {
      event: 'provisioning.token-revoked',
      ...byActor(admin),
      detail: { endsWith: hint },
    })
  })
}
