import type { Amr } from '@countersign/contract'
import type { Caller } from '../../deps.ts'
import type { Db } from '../connect.ts'
import { statement } from '../statement.ts'
import type { OpenChallenge } from './challenges.ts'
import { endOldest, type Opening, openFrom, opening } from './sessions.ts'
import { giveFrom } from './trusts.ts'

/** Forgets the guess that was right, and the failures before it of this authenticator only. */
const clear = (personId: string) => `
  update guards set window_count = greatest(window_count - 1, 0), day_count = greatest(day_count - 1, 0)
  where person_id = ${personId}`

/**
 * Settle a right answer at sign-in, whole or not at all, in one statement: store the next credential (guarded by
 * the version that was read, so one code wins once), spend the challenge, finish the attempt, open the session,
 * audit; on a trusted network, trust the browser. @returns the session's id and whether the browser is trusted now,
 * or null when somebody else was first
 */
export const settleSignIn = async (
  db: Db,
  challenge: OpenChallenge,
  proof: { credential: string; amr: Amr[]; tokenHash: Buffer; trustHash: Buffer; now: Date; caller: Caller },
): Promise<{ id: string; trusted: boolean } | null> => {
  const { credential, amr, tokenHash, trustHash, now, caller } = proof
  const { id, authenticatorId, version, attemptId, personId, factor } = challenge
  const [row] = await settled(db, {
    ...opening({ tokenHash, authenticatorId, now, caller }),
    ...{ challengeId: id, version, attemptId, personId, factor, credential, amr, trustHash },
    requestId: caller.requestId,
  })
  return row ?? null
}

type Settling = Opening & {
  challengeId: string
  version: number
  attemptId: string | null
  personId: string
  factor: string
  credential: string
  amr: Amr[]
  trustHash: Buffer
  requestId: string
}

const settled = statement<{ id: string; trusted: boolean }, Settling>(
  ($) => `
    with stored as (
      update authenticators set credential = ${$.credential}, version = version + 1, last_used_at = ${$.now}, consecutive_failures = 0
      where id = ${$.authenticatorId} and version = ${$.version} and removed_at is null and locked_at is null
      returning id
    ),
    spent as (
      update challenges set consumed_at = ${$.now} from stored
      where challenges.id = ${$.challengeId} and consumed_at is null returning challenges.id
    ),
    finished as (
      update sign_in_attempts a set ended_at = ${$.now}, finished_at = ${$.now}, factor_at = ${$.now},
        amr = array(select distinct unnest(a.amr || ${$.amr}::text[]))
      from spent where a.id = ${$.attemptId} and a.ended_at is null returning a.*
    ),
    crowded as (${endOldest('finished', $)}),
    seen as (
      update memberships m set last_sign_in_at = ${$.now} from finished f
      where m.person_id = f.person_id and m.company_id = any(f.company_ids) returning m.*
    ),
    opened as (${openFrom('finished', 'seen', $)} returning id, person_id, attempt_id),
    forgiven as (${clear($.personId)} and exists (select 1 from opened)),
    trusted as (${giveFrom('finished', $)} returning id),
    heard as (
      insert into audit_events (company_id, at, event, actor_id, subject_id, outcome, factor, attempt_id, session_id, address, user_agent, request_id, detail)
      select heard.id, ${$.now}::timestamptz, 'sign-in.finished', o.person_id, o.person_id, 'ok', ${$.factor}::text, o.attempt_id, o.id,
        ${$.address}::text, ${$.userAgent}::text, ${$.requestId}::text,
        case when exists (select 1 from trusted) then f.reason || '{"browserTrusted":true}'::jsonb else f.reason end
      from opened o, finished f, unnest(f.company_ids) as heard(id) order by heard.id
    )
    select id, exists (select 1 from trusted) as trusted from opened`,
)

/** Stores the credential after a right answer and spends the challenge; false when somebody else was first. */
export const settleProof = async (
  db: Db,
  challenge: OpenChallenge,
  credential: string,
  now: Date,
): Promise<boolean> => {
  const { id, authenticatorId, version, personId } = challenge
  const rows = await proven(db, { id, authenticatorId, version, personId, credential, now })
  return rows.length === 1
}

type Proving = {
  id: string
  authenticatorId: string
  version: number
  personId: string
  credential: string
  now: Date
}

const proven = statement<{ id: string }, Proving>(
  ($) => `
    with stored as (
      update authenticators set credential = ${$.credential}, version = version + 1, last_used_at = ${$.now}, consecutive_failures = 0
      where id = ${$.authenticatorId} and version = ${$.version} and removed_at is null and locked_at is null
      returning id
    ),
    forgiven as (${clear($.personId)} and exists (select 1 from stored))
    update challenges set consumed_at = ${$.now} from stored
    where challenges.id = ${$.id} and consumed_at is null returning challenges.id`,
)
