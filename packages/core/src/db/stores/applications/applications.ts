import type { ApplicationSettings } from '@countersign/contract'
import type { Db } from '../../connect.ts'

export type ApplicationRow = ApplicationSettings & {
  id: string
  secretHash: Buffer | null
  createdAt: Date
  disabledAt: Date | null
}

/** The columns of an `ApplicationRow` of the alias `a`. */
export const columns = (db: Db) => db`
  a.id, a.client_id, a.name, a.kind, a.logo, a.colour, a.secret_hash, a.signing_alg, a.redirect_uris, a.post_logout_redirect_uris,
  a.backchannel_logout_uri, a.hosts, a.home_url, a.company_ids, a.account_types, a.roles, a.minimum_aal, a.max_age,
  a.created_at, a.disabled_at`

/** Disabled ones too: the caller says what that means. */
export const find = async (db: Db, clientId: string): Promise<ApplicationRow | null> => {
  const [row] = await db<ApplicationRow[]>`
    select ${columns(db)} from applications a where a.client_id = ${clientId}`
  return row ?? null
}

export const list = (db: Db) => db<ApplicationRow[]>`
  select ${columns(db)} from applications a order by lower(a.name), a.client_id`

/** Null when the client id is taken. */
export const add = async (
  db: Db,
  settings: ApplicationSettings,
  made: { secretHash: Buffer | null; now: Date },
): Promise<string | null> => {
  const [row] = await db<{ id: string }[]>`
    insert into applications ${db({ ...settings, secretHash: made.secretHash, createdAt: made.now })}
    on conflict (client_id) do nothing returning id`
  return row?.id ?? null
}

/** All settings at once; the client id is its name for ever. False when there is no such application. */
export const edit = async (db: Db, settings: ApplicationSettings): Promise<boolean> => {
  const { clientId, ...rest } = settings
  const rows = await db`update applications set ${db(rest)} where client_id = ${clientId} returning id`
  return rows.length === 1
}

/** The old secret is worth nothing from here on; null makes a public client. */
export const putSecret = async (db: Db, clientId: string, secretHash: Buffer | null): Promise<boolean> => {
  const rows = await db`
    update applications set secret_hash = ${secretHash} where client_id = ${clientId} returning id`
  return rows.length === 1
}

/** Disables, or with null puts it back into use. */
export const putDisabled = async (db: Db, clientId: string, at: Date | null): Promise<boolean> => {
  const rows =
    await db`update applications set disabled_at = ${at} where client_id = ${clientId} returning id`
  return rows.length === 1
}
