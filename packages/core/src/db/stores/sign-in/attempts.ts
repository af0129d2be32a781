import type { Amr, Reason } from '@countersign/contract'
import type { Caller } from '../../../deps.ts'
import type { Outcome } from '../../../policy/decide.ts'
import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'

export type AttemptRow = {
  id: string
  personId: string
  companyIds: string[]
  companyId: string | null
  /** As decided, or `recover` once a passcode was proven. */
  outcome: Exclude<Outcome, 'refuse'> | 'recover'
  reason: Reason
  amr: Amr[]
  factorAt: Date | null
  emailProvenAt: Date | null
  /** In a recovery: the new password was chosen already. */
  passwordChosen: boolean
  expiresAt: Date
  personName: string
  personEmail: string
  companyName: string | null
}

/** Somebody deactivated everywhere half way through has none, and nothing under way any more. */
export const activeMemberships = (personId: string) =>
  `select 1 from memberships m where m.person_id = ${personId} and m.joined_at is not null and m.deactivated_at is null`

const selected = (db: Db) => db`
  select a.id, a.person_id, a.company_ids, a.company_id, a.outcome, a.reason, a.amr, a.factor_at, a.email_proven_at,
    a.next_password_hash is not null as password_chosen, a.expires_at, p.name as person_name, p.email as person_email, c.name as company_name
  from sign_in_attempts a join persons p on p.id = a.person_id left join companies c on c.id = a.company_id`

export const findOpen = async (db: Db, tokenHash: Buffer, now: Date): Promise<AttemptRow | null> => {
  const [row] = await db<AttemptRow[]>`
    ${selected(db)} where a.token_hash = ${tokenHash} and a.ended_at is null and a.expires_at > ${now}
      and exists (${db.unsafe(activeMemberships('a.person_id'))})`
  return row ?? null
}

export const findById = async (db: Db, id: string, now: Date): Promise<AttemptRow | null> => {
  const [row] = await db<AttemptRow[]>`
    ${selected(db)} where a.id = ${id} and a.ended_at is null and a.expires_at > ${now}
      and exists (${db.unsafe(activeMemberships('a.person_id'))})`
  return row ?? null
}

/**
 * A passcode was proven: from here on the attempt can set a password, enrol a factor and save codes, for
 * 15 minutes that nothing extends. Under a new token. False when it ended meanwhile.
 */
export const recover = async (
  db: Db,
  id: string,
  to: { tokenHash: Buffer; amr: Amr[]; now: Date; life: number },
): Promise<boolean> => {
  const rows = await db`
    update sign_in_attempts set outcome = 'recover', reason = ${db.json({ rule: 'factor-reset' })}, token_hash = ${to.tokenHash},
      amr = array(select distinct unnest(amr || ${to.amr}::text[])), expires_at = ${new Date(to.now.getTime() + to.life)}
    where id = ${id} and ended_at is null and expires_at > ${to.now} and outcome <> 'recover' and factor_at is null
    returning id`
  return rows.length === 1
}

/** Keeps the password chosen in a recovery until the new factor is proven. False when it was chosen already. */
export const keepPassword = async (db: Db, id: string, hash: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update sign_in_attempts set next_password_hash = ${hash}
    where id = ${id} and ended_at is null and expires_at > ${now} and outcome = 'recover' and factor_at is null
      and next_password_hash is null returning id`
  return rows.length === 1
}

/** Takes that password out of the attempt, to become the person's. */
export const takePassword = async (db: Db, id: string): Promise<string | null> => {
  const [row] = await db<{ hash: string | null }[]>`
    update sign_in_attempts a set next_password_hash = null from sign_in_attempts old
    where a.id = ${id} and old.id = a.id returning old.next_password_hash as hash`
  return row?.hash ?? null
}

/**
 * Begins an attempt and gives the oldest ones up beyond what a person may have open.
 * @param attempt.passwordHash the one that was verified: a password changed meanwhile opens nothing (attack A-11);
 * null where the sign-in began without one
 * @returns its id, or null when the password is another by now
 */
export const open = async (
  db: Db,
  attempt: {
    tokenHash: Buffer
    personId: string
    passwordHash: string | null
    companyIds: string[]
    companyId: string | null
    outcome: AttemptRow['outcome']
    reason: Reason
    amr: Amr[]
    life: number
  },
  now: Date,
  caller: Caller,
): Promise<string | null> => {
  if (attempt.passwordHash !== null) {
    const [same] = await db`
      select 1 from persons where id = ${attempt.personId} and password_hash = ${attempt.passwordHash} for share`
    if (!same) return null
  }
  await db`
    update sign_in_attempts set ended_at = ${now} where id in (
      select id from sign_in_attempts where person_id = ${attempt.personId} and ended_at is null
      order by created_at desc offset ${parameters.attempt.openPerPerson - 1})`
  const [row] = await db<{ id: string }[]>`
    insert into sign_in_attempts (token_hash, person_id, company_ids, company_id, outcome, reason, amr, address,
      user_agent, created_at, expires_at)
    values (${attempt.tokenHash}, ${attempt.personId}, ${attempt.companyIds}::uuid[], ${attempt.companyId}, ${attempt.outcome},
      ${db.json(attempt.reason)}, ${attempt.amr}::text[], ${caller.address}, ${caller.userAgent.slice(0, 256)}, ${now},
      ${new Date(now.getTime() + attempt.life)})
    returning id`
  return (row as { id: string }).id
}

/** Notes what was proven, without finishing. False when the attempt ended meanwhile. */
export const addProof = async (db: Db, id: string, amr: Amr[], now: Date): Promise<boolean> => {
  const rows = await db`
    update sign_in_attempts set factor_at = ${now}, amr = array(select distinct unnest(amr || ${amr}::text[]))
    where id = ${id} and ended_at is null and expires_at > ${now} returning id`
  return rows.length === 1
}

/** Notes a proof that another one has to follow, under a new token. False when the attempt ended meanwhile. */
export const proveFirst = async (
  db: Db,
  id: string,
  to: { tokenHash: Buffer; amr: Amr[]; now: Date },
): Promise<boolean> => {
  const rows = await db`
    update sign_in_attempts set factor_at = ${to.now}, token_hash = ${to.tokenHash},
      amr = array(select distinct unnest(amr || ${to.amr}::text[]))
    where id = ${id} and ended_at is null and expires_at > ${to.now} and factor_at is null returning id`
  return rows.length === 1
}

/** What is asked next, once something was proven that changes the decision. False when it ended meanwhile. */
export const turnTo = async (
  db: Db,
  id: string,
  to: { outcome: AttemptRow['outcome']; reason: Reason },
  now: Date,
): Promise<boolean> => {
  const rows = await db`
    update sign_in_attempts set outcome = ${to.outcome}, reason = ${db.json(to.reason)}
    where id = ${id} and ended_at is null and expires_at > ${now} and outcome = 'passcode' and email_proven_at is not null
    returning id`
  return rows.length === 1
}

/** Notes that the mailbox was proven within it. False when the attempt ended meanwhile. */
export const proveEmail = async (db: Db, id: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update sign_in_attempts set email_proven_at = ${now}
    where id = ${id} and ended_at is null and expires_at > ${now} returning id`
  return rows.length === 1
}

export const end = async (db: Db, tokenHash: Buffer, now: Date) => {
  await db`update sign_in_attempts set ended_at = ${now} where token_hash = ${tokenHash} and ended_at is null`
}

/**
 * Voids all that is on the way to a session, after a new password or a changed factor. Comes before ending the
 * sessions themselves: an attempt that finishes at this moment is waited for, and its session then seen.
 */
export const endAll = async (db: Db, personId: string, now: Date, except: string | null = null) => {
  await db`
    update sign_in_attempts set ended_at = ${now}
    where person_id = ${personId} and ended_at is null and id is distinct from ${except}`
}
