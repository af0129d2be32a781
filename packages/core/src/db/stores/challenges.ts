import { type FactorName, notSecondFactors } from '@countersign/contract'
import { parameters } from '../../policy/parameters.ts'
import type { Db } from '../connect.ts'
import { statement } from '../statement.ts'
import { type AttemptRow, activeMemberships } from './attempts.ts'

/** Whose challenge it is: a sign-in attempt or a session, by the hash of the token in the cookie. */
export type Owner = { kind: 'attempt' | 'session'; tokenHash: Buffer }

export type ChallengeRow = {
  id: string
  purpose: 'sign-in' | 'enrol' | 'step-up' | 'phone-change'
  personId: string
  attemptId: string | null
  sessionId: string | null
  authenticatorId: string
  factor: FactorName
  state: string
  tries: number
  maxTries: number
  expiresAt: Date
}

/** A challenge with what is needed to judge a response to it. */
export type OpenChallenge = ChallengeRow & {
  credential: string | null
  version: number
  addedAt: Date | null
  personName: string
  personEmail: string
  companyId: string | null
  companyName: string | null
  companyIds: string[]
  /** What the sign-in it belongs to was decided to be; null in a session. */
  outcome: AttemptRow['outcome'] | null
}

type Asking = { tokenHash: Buffer; now: Date }
type Placeholders<T> = { [Name in keyof T]: string }

/** The owner as it must be now: its cookie, alive. */
const ownerAlive = (kind: Owner['kind'], $: Placeholders<Asking>) =>
  kind === 'attempt'
    ? `(select id, person_id, company_id, company_ids, outcome from sign_in_attempts
        where token_hash = ${$.tokenHash} and ended_at is null and expires_at > ${$.now}
          and exists (${activeMemberships('sign_in_attempts.person_id')}))`
    : `(select s.id, s.person_id, s.company_id, array(select m.company_id from memberships m
          where m.person_id = s.person_id and m.deactivated_at is null and (s.company_id is null or m.company_id = s.company_id)
          order by m.company_id) as company_ids, null::text as outcome
        from sessions s where token_hash = ${$.tokenHash} and ended_at is null and expires_at > ${$.now}
          and last_seen_at + idle_seconds * interval '1 second' > ${$.now})`

/** One statement for each kind of owner. */
const forOwners = <
  Row extends object,
  Parameters extends Record<string, Date | Buffer | string | string[] | number>,
>(
  write: (kind: Owner['kind'], $: Placeholders<Parameters>) => string,
) => ({
  attempt: statement<Row, Parameters>(($) => write('attempt', $)),
  session: statement<Row, Parameters>(($) => write('session', $)),
})

const columns = `c.id, c.purpose, c.person_id, c.attempt_id, c.session_id, c.authenticator_id, c.factor,
  c.state, c.tries, c.max_tries, c.expires_at, a.credential, a.version, a.added_at,
  p.name as person_name, p.email as person_email, o.company_id, k.name as company_name, o.company_ids,
  o.outcome`

const opens = forOwners<OpenChallenge, Asking & { id: string }>(
  (kind, $) => `
    select ${columns}
    from ${ownerAlive(kind, $)} o
    join challenges c on c.${kind}_id = o.id
    join authenticators a on a.id = c.authenticator_id and a.removed_at is null and a.locked_at is null
      and (a.expires_at is null or a.expires_at > ${$.now})
    join persons p on p.id = o.person_id
    left join companies k on k.id = o.company_id
    where c.id = ${$.id} and c.consumed_at is null and c.expires_at > ${$.now}`,
)

/** An open challenge of this owner, or nothing: unknown, foreign, spent and late look the same. */
export const findOpen = async (
  db: Db,
  owner: Owner,
  id: string,
  now: Date,
): Promise<OpenChallenge | null> => {
  const [row] = await opens[owner.kind](db, { tokenHash: owner.tokenHash, now, id })
  return row ?? null
}

type Unanswered = Pick<ChallengeRow, 'id' | 'personId' | 'factor' | 'state'>

const unanswered = forOwners<Unanswered, Asking & { factors: string[] }>(
  (kind, $) => `
    select c.id, c.person_id, c.factor, c.state from ${ownerAlive(kind, $)} o
    join challenges c on c.${kind}_id = o.id
    where c.factor = any(${$.factors}::text[]) and c.consumed_at is null and c.expires_at > ${$.now}`,
)

/** Everything of these factors that an owner was asked and has not answered. */
export const listOpen = (db: Db, owner: Owner, factors: FactorName[], now: Date) =>
  unanswered[owner.kind](db, { tokenHash: owner.tokenHash, now, factors })

const { perWindow, window, perDay, day, consecutive } = parameters.guesses

const claims = forOwners<OpenChallenge, Asking & { id: string; windowFrom: Date; dayFrom: Date }>(
  (kind, $) => `
    with owner as materialized ${ownerAlive(kind, $)},
    target as materialized (
      select c.id, c.person_id, c.authenticator_id from challenges c
      join owner o on c.${kind}_id = o.id
      join authenticators a on a.id = c.authenticator_id and a.removed_at is null and a.locked_at is null
        and (a.expires_at is null or a.expires_at > ${$.now})
        and a.consecutive_failures < case when a.expires_at is null then ${consecutive} else ${parameters.passcode.tries} end
      where c.id = ${$.id} and c.consumed_at is null and c.expires_at > ${$.now} and c.tries < c.max_tries
      for update of a, c
    ),
    guarded as (
      insert into guards as g (person_id, window_at, window_count, day_at, day_count)
      select t.person_id, ${$.now}::timestamptz, 1, ${$.now}::timestamptz, 1 from target t
      on conflict (person_id) do update set
        window_count = case when g.window_at <= ${$.windowFrom} then 1 else g.window_count + 1 end,
        window_at = case when g.window_at <= ${$.windowFrom} then ${$.now} else g.window_at end,
        day_count = case when g.day_at <= ${$.dayFrom} then 1 else g.day_count + 1 end,
        day_at = case when g.day_at <= ${$.dayFrom} then ${$.now} else g.day_at end
      where (g.window_at <= ${$.windowFrom} or g.window_count < ${perWindow})
        and (g.day_at <= ${$.dayFrom} or g.day_count < ${perDay})
      returning g.person_id
    ),
    a as (
      update authenticators set consecutive_failures = consecutive_failures + 1
      from target t, guarded g where authenticators.id = t.authenticator_id
      returning authenticators.*
    ),
    c as (
      update challenges set tries = tries + 1 from target t, a where challenges.id = t.id
      returning challenges.*
    )
    select ${columns}
    from c join owner o on true join a on true
    join persons p on p.id = c.person_id
    left join companies k on k.id = o.company_id`,
)

/**
 * Claim: counts the guess against the challenge, the person and the authenticator before it is checked, in one
 * statement, so that parallel guesses cannot slip past a limit. No row: not this owner's, spent, late, out of
 * tries, throttled or locked. Whatever touches both locks the authenticator before the challenge.
 */
export const claim = async (db: Db, owner: Owner, id: string, now: Date): Promise<OpenChallenge | null> => {
  const windowFrom = new Date(now.getTime() - window)
  const dayFrom = new Date(now.getTime() - day)
  const [row] = await claims[owner.kind](db, { tokenHash: owner.tokenHash, now, id, windowFrom, dayFrom })
  return row ?? null
}

/** When the person may guess again; null when the guards are not what stopped them. */
export const guessesBlockedUntil = async (db: Db, personId: string, now: Date): Promise<Date | null> => {
  const [row] = await db<{ until: Date | null }[]>`
    select greatest(
      case when window_count >= ${perWindow} then window_at + ${window} * interval '1 millisecond' end,
      case when day_count >= ${perDay} then day_at + ${day} * interval '1 millisecond' end) as until
    from guards where person_id = ${personId}`
  return row?.until && row.until > now ? row.until : null
}

/** Gives a claimed try back: the response was no guess, or our side failed. */
export const giveBack = async (db: Db, row: Pick<ChallengeRow, 'id' | 'authenticatorId'>) => {
  await db`
    with forgiven as (
      update authenticators set consecutive_failures = greatest(consecutive_failures - 1, 0)
      where id = ${row.authenticatorId} returning id
    ),
    back as (
      update challenges c set tries = greatest(tries - 1, 0) from forgiven where c.id = ${row.id} returning c.person_id
    )
    update guards g set window_count = greatest(window_count - 1, 0), day_count = greatest(day_count - 1, 0)
    from back where g.person_id = back.person_id`
}

export const create = async (
  db: Db,
  row: {
    purpose: ChallengeRow['purpose']
    personId: string
    owner: { attemptId: string } | { sessionId: string }
    authenticatorId: string
    factor: FactorName
    maxTries: number
    createdAt: Date
    expiresAt: Date
  },
  id: string,
  state: string,
) => {
  const owner = { attemptId: null, sessionId: null, ...row.owner }
  await db`
    insert into challenges (id, purpose, person_id, attempt_id, session_id, authenticator_id, factor, state, max_tries, created_at, expires_at)
    values (${id}, ${row.purpose}, ${row.personId}, ${owner.attemptId}, ${owner.sessionId}, ${row.authenticatorId},
      ${row.factor}, ${state}, ${row.maxTries}, ${row.createdAt}, ${row.expiresAt})`
}

/** The newest question of one factor that an attempt may still answer. */
export const findOpenOf = async (
  db: Db,
  attemptId: string,
  factor: FactorName,
  now: Date,
): Promise<ChallengeRow | null> => {
  const [row] = await db<ChallengeRow[]>`
    select id, purpose, person_id, attempt_id, session_id, authenticator_id, factor, state, tries, max_tries, expires_at
    from challenges
    where attempt_id = ${attemptId} and factor = ${factor} and consumed_at is null and expires_at > ${now}
      and tries < max_tries
    order by created_at desc limit 1`
  return row ?? null
}

/** Stores the next state of an open challenge; false when it ended meanwhile. */
export const putState = async (db: Db, id: string, state: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update challenges set state = ${state} where id = ${id} and consumed_at is null and expires_at > ${now} returning id`
  return rows.length === 1
}

/** The second factor that was enrolled in a sign-in, before its recovery codes. */
export const enrolledIn = async (db: Db, attemptId: string): Promise<string | null> => {
  const [row] = await db<{ authenticatorId: string }[]>`
    select authenticator_id from challenges
    where attempt_id = ${attemptId} and purpose = 'enrol' and factor <> all(${[...notSecondFactors]}::text[])
      and consumed_at is not null
    order by consumed_at desc limit 1`
  return row?.authenticatorId ?? null
}

/** Spends a challenge; false when somebody else did. */
export const consume = async (db: Db, id: string, now: Date): Promise<boolean> => {
  const rows =
    await db`update challenges set consumed_at = ${now} where id = ${id} and consumed_at is null returning id`
  return rows.length === 1
}

/** Closes whatever an attempt was asked, once another answer decided it. */
export const consumeAll = async (db: Db, attemptId: string, now: Date) => {
  await db`update challenges set consumed_at = ${now} where attempt_id = ${attemptId} and consumed_at is null`
}
