import type { Amr } from '@countersign/contract'
import type { Caller } from '../../../deps.ts'
import type { Db } from '../../connect.ts'
import { statement } from '../../statement.ts'
import { together } from '../../together.ts'
import { giveFrom } from '../company/trusts.ts'
import type { OpenChallenge } from './challenges.ts'
import type { ClaimedChallenge } from './guesses.ts'
import { endOldest, type Opening, openFrom, opening, openingTypes, seeIn } from './sessions.ts'

/** Forgets the guess that was right, and the failures before it of this authenticator only. */
const clear = `
  update guards set window_count = greatest(window_count - 1, 0), day_count = greatest(day_count - 1, 0)`

/**
 * Settle a right answer at sign-in, whole or not at all, in one statement: store the next credential (guarded by
 * the version that was read, so one code wins once), finish the attempt, which closes what it was asked, open the
 * session, audit. @returns null when somebody else was first
 */
export const settleSignIn = async (
  db: Db,
  challenge: ClaimedChallenge,
  proof: { credential: string; amr: Amr[]; tokenHash: Buffer; trustHash: Buffer; now: Date; caller: Caller },
): Promise<Settled | null> => {
  const { credential, tokenHash, trustHash, now, caller } = proof
  const { authenticatorId, version, attemptId, personId, factor } = challenge
  const amr = [...new Set([...(challenge.proven ?? []), ...proof.amr])].toSorted()
  const settle = challenge.onTrustedNetwork || challenge.crowded ? settledWithMore : settled
  return settle(db, {
    ...opening({ tokenHash, authenticatorId, now, caller }),
    ...{ version, attemptId, personId, factor, credential, amr, trustHash },
    requestId: caller.requestId,
  })
}

export type Settled = {
  /** Of the session. */
  id: string
  /** Whether the browser is trusted on its network now. */
  trusted: boolean
  /** How many of the person's oldest sessions made room. */
  ended: number
}

type Settling = Opening & {
  version: number
  attemptId: string | null
  personId: string
  factor: string
  credential: string
  amr: Amr[]
  trustHash: Buffer
  requestId: string
}

const types = {
  ...openingTypes,
  version: 'int',
  attemptId: 'uuid',
  personId: 'uuid',
  factor: 'text',
  credential: 'text',
  amr: 'text[]',
  trustHash: 'bytea',
  requestId: 'text',
} as const

/** `more` is what few sign-ins need: trust in a browser on a trusted network, and room among ten sessions. */
const settling = (more: boolean) =>
  together<Settled, Settling>(types, (from) => {
    const [$, a, f] = [from('one'), from('a'), from('f')]
    return `, one as materialized (select distinct on (${from('asked').personId}) * from asked),
    stored as (
      update authenticators set credential = ${$.credential}, version = authenticators.version + 1,
        last_used_at = ${$.now}, consecutive_failures = 0
      from one where authenticators.id = ${$.authenticatorId} and authenticators.version = ${$.version}
        and removed_at is null and locked_at is null
      returning one.*
    ),
    finished as (
      update sign_in_attempts a set ended_at = ${$.now}, finished_at = ${$.now}, factor_at = ${$.now}, amr = ${$.amr}
      from stored one where a.id = ${$.attemptId} and a.ended_at is null
      returning one.*, a.id, a.person_id, a.company_id, a.company_ids, a.factor_at, a.reason
    ),
    seen as (${seeIn('finished', a)}),
    opened as (${openFrom('finished', 'seen', a)} returning id, person_id, attempt_id),
    forgiven as (${clear} from opened where guards.person_id = opened.person_id),
    ${more ? `crowded as (${endOldest('finished', a)}), trusted as (${giveFrom('finished', a)} returning person_id),` : ''}
    heard as (
      insert into audit_events (company_id, at, event, actor_id, subject_id, outcome, factor, attempt_id, session_id, address, user_agent, request_id, detail)
      select heard.id, ${f.now}, 'sign-in.finished', o.person_id, o.person_id, 'ok', ${f.factor}, o.attempt_id, o.id,
        ${f.address}, ${f.userAgent}, ${f.requestId}, ${more ? reasonWithTrust : 'f.reason'}
      from opened o join finished f on f.id = o.attempt_id, unnest(f.company_ids) as heard(id) order by heard.id
    )
    select f.asked, o.id, ${more ? trustedNow : 'false'} as trusted,
      ${more ? `(select count(*)::int from crowded c where c.person_id = f.person_id)` : '0'} as ended
    from opened o join finished f on f.id = o.attempt_id`
  })

const trustedNow = 'exists (select 1 from trusted t where t.person_id = f.person_id)'
const reasonWithTrust = `case when ${trustedNow} then f.reason || '{"browserTrusted":true}'::jsonb else f.reason end`

const settled = settling(false)
const settledWithMore = settling(true)

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
    forgiven as (${clear} where person_id = ${$.personId} and exists (select 1 from stored))
    update challenges set consumed_at = ${$.now} from stored
    where challenges.id = ${$.id} and consumed_at is null returning challenges.id`,
)
