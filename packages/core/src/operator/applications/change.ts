import { type AuditEvent, ourselves, record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import * as applications from '../../db/stores/applications/applications.ts'
import type { Deps } from '../../deps.ts'
import { hashToken, newToken } from '../../keys/tokens.ts'

const changing = <T>(
  deps: Deps,
  clientId: string,
  event: AuditEvent,
  deed: (db: Db, row: applications.ApplicationRow, now: Date) => Promise<T>,
): Promise<T> =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const row = await applications.find(tx, clientId)
    if (!row) throw new Error(`There is no application ${clientId}.`)
    const done = await deed(tx, row, now)
    await record(tx, now, ourselves, { event, companyIds: [], detail: { application: clientId } })
    return done
  }) as Promise<T>

/** The old secret is worth nothing from here on. @returns the new one, shown this once @throws Error where there is none to have */
export const rotateSecret = (deps: Deps, clientId: string): Promise<string> =>
  changing(deps, clientId, 'application.secret-rotated', async (db, { kind, secretHash }) => {
    if (kind !== 'oidc') throw new Error('Forward authentication has no secret.')
    if (secretHash === null) throw new Error(`${clientId} is a public client, which has no secret.`)
    const secret = newToken()
    await applications.putSecret(db, clientId, hashToken(secret))
    return secret
  })

/** Nobody enters it from the next request on. @throws Error for an unknown application, or one disabled already */
export const disableApplication = (deps: Deps, clientId: string): Promise<void> =>
  changing(deps, clientId, 'application.disabled', async (db, { disabledAt }, now) => {
    if (disabledAt) throw new Error(`${clientId} is disabled already.`)
    await applications.putDisabled(db, clientId, now)
  })

/** @throws Error for an unknown application, or one that is in use */
export const enableApplication = (deps: Deps, clientId: string): Promise<void> =>
  changing(deps, clientId, 'application.enabled', async (db, { disabledAt }) => {
    if (!disabledAt) throw new Error(`${clientId} is in use already.`)
    await applications.putDisabled(db, clientId, null)
  })
