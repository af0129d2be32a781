import { ourselves, record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import * as applications from '../../db/stores/applications/applications.ts'
import type { Deps } from '../../deps.ts'
import { hashToken, newToken } from '../../keys/tokens.ts'
import { readSettings, settingsOf, type TypedSettings } from './read-settings.ts'

/** A host leads to one application; the database knows of the other. */
const saving = <T>(deps: Deps, deed: (db: Db) => Promise<T>): Promise<T> =>
  (deps.sql.begin(deed) as Promise<T>).catch((error: unknown) => {
    const name = (error as { constraint_name?: string } | null)?.constraint_name
    throw name === 'application_hosts_pkey'
      ? new Error('hosts: one of them leads to another application already.')
      : error
  })

/**
 * Registers an application. @returns its secret, which is kept as a hash and shown this once; null for a public
 * client and for forward authentication
 * @throws Error for settings that are wrong, and when the client id is taken
 */
export const registerApplication = (
  deps: Deps,
  typed: TypedSettings,
  { isPublic }: { isPublic: boolean },
): Promise<{ secret: string | null }> =>
  saving(deps, async (tx) => {
    const now = deps.clock.now()
    const settings = await readSettings(tx, typed, null)
    const secret = isPublic || settings.kind !== 'oidc' ? null : newToken()
    const secretHash = secret === null ? null : hashToken(secret)
    if (!(await applications.add(tx, settings, { secretHash, now })))
      throw new Error(`There is an application ${settings.clientId} already.`)
    await record(tx, now, ourselves, {
      event: 'application.registered',
      companyIds: [],
      detail: { application: settings.clientId, kind: settings.kind, public: secret === null },
    })
    return { secret }
  })

/**
 * Changes what was typed and leaves the rest. @throws Error for an unknown application, and for settings that are
 * wrong
 */
export const editApplication = (deps: Deps, typed: TypedSettings & { clientId: string }): Promise<void> =>
  saving(deps, async (tx) => {
    const now = deps.clock.now()
    const row = await applications.find(tx, typed.clientId)
    if (!row) throw new Error(`There is no application ${typed.clientId}.`)
    const before = settingsOf(row)
    const settings = await readSettings(tx, typed, before)
    if (settings.kind !== before.kind) throw new Error('kind: is for ever. Register another application.')
    await applications.edit(tx, settings)
    const changed = Object.keys(typed).filter(
      (key) => key !== 'clientId' && typed[key as 'name'] !== undefined,
    )
    await record(tx, now, ourselves, {
      event: 'application.edited',
      companyIds: [],
      detail: { application: typed.clientId, fields: changed.join(', ') },
    })
  })
