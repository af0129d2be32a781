import { type FactorName, notSecondFactors } from '@countersign/contract'
import type { Db } from '../../connect.ts'
import { statement } from '../../statement.ts'
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

export type Asking = { tokenHash: Buffer; now: Date }
export type Placeholders<T> = { [Name in keyof T]: string }

/** The owner as it must be now: its cookie, alive. */
export const ownerAlive = (kind: Owner['kind'], $: Placeholders<Asking>) =>
  kind === 'attempt'
    ? `(select id, person_id, company_id, company_ids, outcome, amr from sign_in_attempts
        where token_hash = ${$.tokenHash} and ended_at is null and expires_at > ${$.now}
          and exists (${activeMemberships('sign_in_attempts.person_id')}))`
    : `(select s.id, s.person_id, s.company_id, array(select m.company_id from memberships m
          where m.person_id = s.person_id and m.joined_at is not null and m.deactivated_at is null
            and (s.company_id is null or m.company_id = s.company_id) order by m.company_id) as company_ids, null::text as outcome
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

export const columns = `c.id, c.purpose, c.person_id, c.attempt_id, c.session_id, c.authenticator_id, c.factor,
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
