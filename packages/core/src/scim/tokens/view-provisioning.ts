import type { ProvisioningView } from '@countersign/contract'
import * as tokens from '../../db/stores/scim/tokens.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'
import type { Deps } from '../../deps.ts'
import { actingIn } from '../../people/acting.ts'

/** @throws Problem `not-allowed` */
export const viewProvisioning = async (deps: Deps, session: LiveSession): Promise<ProvisioningView> => {
  const { companyId } = actingIn(session, 'security_admin')
  const [live, people] = await Promise.all([
    tokens.listLive(deps.sql, companyId, deps.clock.now()),
    tokens.countPeople(deps.sql, companyId),
  ])
  return {
    baseUrl: `${deps.origin}/scim/v2`,
    people,
    tokens: live.map(({ id, hint, createdAt, createdByName, lastUsedAt, endsAt }) => ({
      id,
      hint,
      createdAt: createdAt.toISOString(),
      createdBy: createdByName,
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      endsAt: endsAt?.toISOString() ?? null,
    })),
  }
}
