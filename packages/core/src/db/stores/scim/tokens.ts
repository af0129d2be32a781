import type { Db } from '../../connect.ts'

export type TokenRow = {
  id: string
  hint: string
  createdAt: Date
  createdByName: string | null
  endsAt: Date | null
  lastUsedAt: Date | null
}

/** Live tokens of a company, the current one first. */
export const listLive = (db: Db, companyId: string, now: Date) => db<TokenRow[]>`
  select t.id, t.hint, t.created_at, p.name as created_by_name, t.ends_at, t.last_used_at
  from scim_tokens t left join persons p on p.id = t.created_by
  where t.company_id = ${companyId} and t.revoked_at is null and (t.ends_at is null or t.ends_at > ${now})
  order by t.ends_at nulls first, t.created_at desc`

export const findLive = async (db: Db, tokenHash: Buffer, now: Date) => {
  const [row] = await db<{ id: string; companyId: string; companyName: string; lastUsedAt: Date | null }[]>`
    select t.id, t.company_id, c.name as company_name, t.last_used_at
    from scim_tokens t join companies c on c.id = t.company_id
    where t.token_hash = ${tokenHash} and t.revoked_at is null and (t.ends_at is null or t.ends_at > ${now})`
  return row ?? null
}

export const touch = async (db: Db, id: string, now: Date) => {
  await db`update scim_tokens set last_used_at = ${now} where id = ${id}`
}

/** Gives the current token an end; one that was replaced before ends now, so that two live at most. @returns whether there was one */
export const replaceCurrent = async (
  db: Db,
  companyId: string,
  endsAt: Date,
  now: Date,
): Promise<boolean> => {
  await db`
    update scim_tokens set revoked_at = ${now}
    where company_id = ${companyId} and revoked_at is null and ends_at > ${now}`
  const rows = await db`
    update scim_tokens set ends_at = ${endsAt}
    where company_id = ${companyId} and revoked_at is null and ends_at is null returning id`
  return rows.length === 1
}

/** @returns false when somebody else made one at the same moment */
export const insert = async (
  db: Db,
  token: { companyId: string; tokenHash: Buffer; hint: string; createdBy: string; now: Date },
): Promise<boolean> => {
  const rows = await db`
    insert into scim_tokens (company_id, token_hash, hint, created_by, created_at)
    values (${token.companyId}, ${token.tokenHash}, ${token.hint}, ${token.createdBy}, ${token.now})
    on conflict (company_id) where ends_at is null and revoked_at is null do nothing returning id`
  return rows.length === 1
}

/** @returns the last characters of the token, or null when it lives no more or is another company's */
export const revoke = async (db: Db, companyId: string, id: string, now: Date): Promise<string | null> => {
  const [row] = await db<{ hint: string }[]>`
    update scim_tokens set revoked_at = ${now}
    where id = ${id} and company_id = ${companyId} and revoked_at is null and (ends_at is null or ends_at > ${now})
    returning hint`
  return row?.hint ?? null
}

/** How many of a company's people a directory looks after. */
export const countPeople = async (db: Db, companyId: string): Promise<number> => {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from scim_members where company_id = ${companyId} and deleted_at is null`
  return row?.count ?? 0
}
