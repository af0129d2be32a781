import type { ApprovalRequest, NotAsked } from '../../../gateways/approvals.ts'
import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'

export type PushRequest = {
  id: string
  authenticatorId: string
  personId: string
  companyName: string | null
  ownerKind: 'attempt' | 'session'
  ownerId: string
  number: string
  address: string
  browser: string
  createdAt: Date
  expiresAt: Date
}

const { push: limits } = parameters

/** Open: undecided, in time, not taken back, and whoever asked is still there to hear the answer. */
const isOpen = (db: Db, now: Date) => db`
  r.decision is null and r.withdrawn_at is null and r.expires_at > ${now}
  and case r.owner_kind
    when 'attempt' then exists (select 1 from sign_in_attempts a where a.id = r.owner_id and a.ended_at is null)
    else exists (select 1 from sessions s where s.id = r.owner_id and s.ended_at is null) end`

type Spent = {
  pending: Date | null
  window: number
  day: number
  oldest: Date | null
  denials: number
  lastDenial: Date | null
}

/** What was asked of a person since the last approval: a right answer clears the account. */
const spent = async (db: Db, one: ApprovalRequest): Promise<Spent> => {
  const { now, personId, owner } = one
  const ago = (ms: number) => new Date(now.getTime() - ms)
  const [row] = await db<Spent[]>`
    with last as (select max(decided_at) as at from push_requests where person_id = ${personId} and decision = 'approved'),
    counted as (
      select r.* from push_requests r, last
      where r.person_id = ${personId} and r.created_at > ${ago(limits.day)} and (last.at is null or r.created_at > last.at)
    )
    select
      (select max(r.expires_at) from push_requests r
        where r.person_id = ${personId} and r.owner_id <> ${owner.id} and ${isOpen(db, now)}) as pending,
      (select count(*)::int from push_requests r where r.person_id = ${personId} and r.created_at > ${ago(limits.window)}) as window,
      (select min(r.created_at) from push_requests r where r.person_id = ${personId} and r.created_at > ${ago(limits.window)}) as oldest,
      (select count(*)::int from counted) as day,
      (select count(*)::int from counted where decision in ('denied', 'disowned', 'wrong-number') and decided_at > ${ago(limits.mute)}) as denials,
      (select max(decided_at) from counted where decision in ('denied', 'disowned', 'wrong-number')) as last_denial`
  return row as Spent
}

const refusal = (spent: Spent, now: Date): NotAsked | null => {
  const until = (at: Date | null, ms = 0) =>
    Math.max(1, Math.ceil(((at?.getTime() ?? now.getTime()) + ms - now.getTime()) / 1000))
  if (spent.denials >= limits.denials)
    return { ok: false, why: 'muted', retryAfter: until(spent.lastDenial, limits.mute) }
  if (spent.pending) return { ok: false, why: 'pending', retryAfter: until(spent.pending) }
  if (spent.window >= limits.perWindow)
    return { ok: false, why: 'too-many', retryAfter: until(spent.oldest, limits.window) }
  if (spent.day >= limits.perDay) return { ok: false, why: 'too-many', retryAfter: limits.day / 1000 }
  return null
}

/**
 * Puts a question to a device within every budget, in the caller's transaction; serialised per person, so that
 * parallel sign-ins cannot share one place. The same asker's earlier question is taken back.
 */
export const ask = async (db: Db, one: ApprovalRequest): Promise<{ ok: true; id: string } | NotAsked> => {
  await db`select pg_advisory_xact_lock(hashtextextended(${`push ${one.personId}`}, 0))`
  const refused = refusal(await spent(db, one), one.now)
  if (refused) return refused
  await db`
    update push_requests set withdrawn_at = ${one.now}
    where owner_id = ${one.owner.id} and decision is null and withdrawn_at is null`
  const [made] = await db<{ id: string }[]>`
    insert into push_requests (authenticator_id, person_id, company_id, company_name, owner_kind, owner_id, number,
      address, browser, created_at, expires_at)
    values (${one.authenticatorId}, ${one.personId}, ${one.company?.id ?? null}, ${one.company?.name ?? null},
      ${one.owner.kind}, ${one.owner.id}, ${one.number}, ${one.address}, ${one.browser}, ${one.now},
      ${new Date(one.now.getTime() + one.life)})
    returning id`
  return { ok: true, id: (made as { id: string }).id }
}

const columns = (
  db: Db,
) => db`r.id, r.authenticator_id, r.person_id, r.company_name, r.owner_kind, r.owner_id,
  r.number, r.address, r.browser, r.created_at, r.expires_at`

/** The questions that wait on these devices. */
export const listOpen = (db: Db, authenticatorIds: string[], now: Date) => db<PushRequest[]>`
  select ${columns(db)} from push_requests r
  where r.authenticator_id = any(${authenticatorIds}::uuid[]) and ${isOpen(db, now)} order by r.created_at`

export const findOpen = async (db: Db, id: string, now: Date): Promise<PushRequest | null> => {
  const [row] = await db<PushRequest[]>`
    select ${columns(db)} from push_requests r where r.id = ${id} and ${isOpen(db, now)}`
  return row ?? null
}

/** Decides a question; of several answers the first one counts. */
export const decide = async (
  db: Db,
  id: string,
  decision: 'approved' | 'denied' | 'disowned' | 'wrong-number',
  now: Date,
): Promise<boolean> => {
  const rows = await db`
    update push_requests r set decision = ${decision}, decided_at = ${now}
    where r.id = ${id} and ${isOpen(db, now)} returning r.id`
  return rows.length === 1
}

export const decisionOf = async (
  db: Db,
  id: string,
): Promise<{ decision: string | null; expiresAt: Date; withdrawnAt: Date | null } | null> => {
  const [row] = await db<{ decision: string | null; expiresAt: Date; withdrawnAt: Date | null }[]>`
    select decision, expires_at, withdrawn_at from push_requests where id = ${id}`
  return row ?? null
}

export const withdraw = async (db: Db, id: string, now: Date) => {
  await db`update push_requests set withdrawn_at = ${now} where id = ${id} and decision is null`
}
