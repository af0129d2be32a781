import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'

/** The trusted network an address is in, and what speaks for this browser there. */
export type NetworkFacts = {
  network: { id: string; name: string }
  /** The check behind the browser's token, or the last one of the person that is too old to count. */
  trust: { id: string | null; verifiedAt: Date } | null
}

/** What is known of the place a person of one company signs in from; null outside its trusted networks. */
export const placeOf = async (
  db: Db,
  who: { personId: string; companyId: string; address: string; tokenHash: Buffer | null },
  now: Date,
): Promise<NetworkFacts | null> => {
  const expired = new Date(now.getTime() - parameters.trust.life)
  const [row] = await db<{ id: string; name: string; trustId: string | null; verifiedAt: Date | null }[]>`
    select n.id, n.name, t.id as trust_id, coalesce(t.verified_at, o.verified_at) as verified_at
    from trusted_networks n
    left join network_trusts t on t.network_id = n.id and t.person_id = ${who.personId}
      and t.company_id = n.company_id and t.token_hash = ${who.tokenHash}
    left join lateral (
      select max(verified_at) as verified_at from network_trusts
      where network_id = n.id and person_id = ${who.personId} and verified_at < ${expired}
    ) o on true
    where n.company_id = ${who.companyId} and ${who.address}::inet <<= n.cidr
    order by masklen(n.cidr) desc limit 1`
  if (!row) return null
  return {
    network: { id: row.id, name: row.name },
    trust: row.verifiedAt && { id: row.trustId, verifiedAt: row.verifiedAt },
  }
}

/** Replaces the token at its use; of two parallel uses one wins. The moment of the check stays. */
export const rotate = async (
  db: Db,
  id: string,
  tokens: { old: Buffer; next: Buffer },
  now: Date,
): Promise<boolean> => {
  const rows = await db`
    update network_trusts set token_hash = ${tokens.next}, spent = spent || ${tokens.old}::bytea, used_at = ${now}
    where id = ${id} and token_hash = ${tokens.old} returning id`
  return rows.length === 1
}

/** A token that was replaced came back: somebody has a copy, so all that grew from it ends, sessions too. */
export const endReused = async (db: Db, personId: string, tokenHash: Buffer, now: Date): Promise<boolean> => {
  const rows = await db`
    with gone as (
      delete from network_trusts where person_id = ${personId} and ${tokenHash}::bytea = any(spent) returning company_id
    ),
    ended as (
      update sessions s set ended_at = ${now} from sign_in_attempts a
      where s.person_id = ${personId} and s.ended_at is null and s.aal = 1 and a.id = s.attempt_id
        and a.outcome = 'skip' and a.company_id in (select company_id from gone)
    )
    select 1 from gone`
  return rows.length > 0
}

/** Whether a token speaks for a browser, and goes on to until the transaction ends. */
export const holds = async (db: Db, tokenHash: Buffer): Promise<boolean> => {
  const rows = await db`select id from network_trusts where token_hash = ${tokenHash} for key share`
  return rows.length === 1
}

/** The part of a statement that says whether an address is on a network a company trusts. */
export const isTrustedNetwork = (companyId: string, $: { address: string }) => `
  exists (select 1 from trusted_networks n where n.company_id = ${companyId} and ${$.address}::text::inet <<= n.cidr)`

/**
 * Trusts the browser of a finished attempt whose second factor was just proven on a trusted network: of an employee
 * of that one company only. `source` yields attempts, of a person one at most. Recovery codes earn no trust.
 */
export const giveFrom = (source: string, $: { trustHash: string; address: string; now: string }) => `
  insert into network_trusts (person_id, company_id, network_id, token_hash, verified_at)
  select distinct on (a.person_id) a.person_id, n.company_id, n.id, ${$.trustHash}::bytea, ${$.now}::timestamptz
  from ${source} a
  join memberships m on m.person_id = a.person_id and m.company_id = a.company_id and m.account_type = 'employee'
    and m.joined_at is not null and m.deactivated_at is null
  join trusted_networks n on n.company_id = a.company_id and ${$.address}::text::inet <<= n.cidr
  where a.factor_at is not null and not ('recovery' = any(a.amr))
    and not exists (select 1 from memberships o where o.person_id = a.person_id and o.company_id <> a.company_id
      and o.joined_at is not null and o.deactivated_at is null)
  order by a.person_id, masklen(n.cidr) desc`

export type LiveTrust = { id: string; network: string; verifiedAt: Date; userAgent: string | null }

/**
 * The browsers somebody is not asked on. A trust knows no browser; the session that began with the same check does.
 */
export const listLive = (db: Db, personId: string, now: Date) => db<LiveTrust[]>`
  select t.id, n.name as network, t.verified_at, s.user_agent
  from network_trusts t
  join trusted_networks n on n.id = t.network_id
  left join lateral (
    select user_agent from sessions where person_id = t.person_id and created_at = t.verified_at limit 1
  ) s on true
  where t.person_id = ${personId} and t.verified_at >= ${new Date(now.getTime() - parameters.trust.life)}
  order by t.verified_at desc`

export const end = async (db: Db, id: string, personId: string): Promise<string | null> => {
  const [row] = await db<{ name: string }[]>`
    delete from network_trusts t using trusted_networks n
    where t.id = ${id} and t.person_id = ${personId} and n.id = t.network_id returning n.name`
  return row?.name ?? null
}
