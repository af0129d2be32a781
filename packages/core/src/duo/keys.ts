import * as store from '../db/stores/duo/duo.ts'
import type { Deps } from '../deps.ts'
import type { DuoConnection } from '../gateways/duo/duo.ts'

/** What the sealed secret is bound to, so that no company's row opens in another's place. */
export const secretBinding = (row: { id: string; companyId: string }) =>
  `duo_settings|secret|${row.id}|${row.companyId}`

/** The company's connection to Duo with its secret unsealed; null where it uses none. */
export const readConnection = async (
  deps: Pick<Deps, 'sql' | 'seal'>,
  companyId: string,
): Promise<DuoConnection | null> => {
  const row = await store.findInUse(deps.sql, companyId)
  if (!row) return null
  const secretKey = String(deps.seal.open(row.secret, secretBinding(row)))
  return { id: row.id, keys: { integrationKey: row.integrationKey, secretKey, apiHost: row.apiHost } }
}
