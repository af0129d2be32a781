import type { Db } from '../../connect.ts'

export type NetworkRow = { id: string; name: string; cidr: string; createdAt: Date; trusted: number }

/** A company's trusted networks with how many people are trusted there now. */
export const list = (db: Db, companyId: string, trustedSince: Date) => db<NetworkRow[]>`
  select n.id, n.name, n.cidr::text, n.created_at,
    (select count(distinct person_id)::int from network_trusts t
      where t.network_id = n.id and t.verified_at >= ${trustedSince}) as trusted
  from trusted_networks n where n.company_id = ${companyId} order by n.name, n.cidr`

/** Adds one, if it fits beside the others; serialised per company, so that two cannot overlap. */
export const add = async (
  db: Db,
  one: { companyId: string; name: string; cidr: string; createdBy: string; now: Date },
  most: number,
): Promise<'added' | 'overlaps' | 'full'> => {
  await db`select pg_advisory_xact_lock(hashtextextended(${`networks ${one.companyId}`}, 0))`
  const [found] = await db<{ count: number; overlaps: boolean }[]>`
    select count(*)::int as count, coalesce(bool_or(cidr && ${one.cidr}::cidr), false) as overlaps
    from trusted_networks where company_id = ${one.companyId}`
  if (found?.overlaps) return 'overlaps'
  if ((found?.count ?? 0) >= most) return 'full'
  await db`
    insert into trusted_networks (company_id, name, cidr, created_by, created_at)
    values (${one.companyId}, ${one.name}, ${one.cidr}, ${one.createdBy}, ${one.now})`
  return 'added'
}

export const rename = async (db: Db, companyId: string, id: string, name: string) => {
  const [row] = await db<{ cidr: string }[]>`
    update trusted_networks set name = ${name} where id = ${id} and company_id = ${companyId} returning cidr::text`
  return row ?? null
}

/** Removes one; the trust given there goes with it, and so do sessions that were let in from there, whatever it was called. */
export const remove = async (db: Db, companyId: string, id: string, now: Date) => {
  const [row] = await db<{ name: string; cidr: string }[]>`
    delete from trusted_networks where id = ${id} and company_id = ${companyId} returning name, cidr::text`
  if (row)
    await db`
      update sessions s set ended_at = ${now} from sign_in_attempts a
      where s.attempt_id = a.id and a.company_id = ${companyId} and a.outcome = 'skip' and s.aal = 1
        and s.address::inet <<= ${row.cidr}::cidr and s.ended_at is null`
  return row ?? null
}
