import type { NetworkView } from '@countersign/contract'
import * as networks from '../db/stores/company/networks.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { actingIn } from '../people/acting.ts'
import { parameters } from '../policy/parameters.ts'

/** @throws Problem `not-allowed` */
export const listNetworks = async (deps: Deps, session: LiveSession): Promise<NetworkView[]> => {
  const admin = actingIn(session, 'security_admin')
  const since = new Date(deps.clock.now().getTime() - parameters.trust.life)
  const rows = await networks.list(deps.sql, admin.companyId, since)
  return rows.map(({ createdAt, ...row }) => ({ ...row, addedAt: createdAt.toISOString() }))
}
