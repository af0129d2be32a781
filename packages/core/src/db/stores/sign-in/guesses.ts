import type { Amr } from '@countersign/contract'
import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'
import { together } from '../../together.ts'
import { isTrustedNetwork } from '../company/trusts.ts'
import {
  type Asking,
  type ChallengeRow,
  columns,
  type OpenChallenge,
  type Owner,
  ownerAlive,
  type Placeholders,
} from './challenges.ts'
import { isCrowded } from './sessions.ts'

/** A challenge with a guess that counts, and what its sign-in needs when the guess is right; a session's needs none. */
export type ClaimedChallenge = OpenChallenge & {
  /** What was proven in the sign-in before, RFC 8176. */
  proven: Amr[] | null
  /** The browser is on a network its company trusts. */
  onTrustedNetwork: boolean
  /** The person has as many sessions as they may. */
  crowded: boolean
}

const { perWindow, window, perDay, day, consecutive } = parameters.guesses

type Claiming = Asking & { challengeId: string; address: string }

const needs = (kind: Owner['kind'], $: Placeholders<Claiming>) =>
  kind === 'attempt'
    ? `o.amr as proven, ${isTrustedNetwork('o.company_id', $)} as on_trusted_network, ${isCrowded('o.person_id', $)} as crowded`
    : 'null::text[] as proven, false as on_trusted_network, false as crowded'

/**
 * The claim does not wait for the disk by itself: whatever is answered commits after it, and with a commit goes all
 * that was written before it. A server that dies in between has told nobody whether the guess was right.
 */
const flushedWithTheAnswer = `(select set_config('synchronous_commit', 'off', true)) as later`

const seconds = (milliseconds: number) => `interval '${milliseconds / 1000} seconds'`
const windowOver = `g.window_at <= excluded.window_at - ${seconds(window)}`
const dayOver = `g.day_at <= excluded.day_at - ${seconds(day)}`

/** Of one person one guess at a time. */
const claims = (kind: Owner['kind']) =>
  together<ClaimedChallenge, Claiming>(
    { tokenHash: 'bytea', now: 'timestamptz', challengeId: 'uuid', address: 'text' },
    (from) => {
      const $ = from('o')
      return `, owner as materialized (
      select distinct on (alive.person_id) asked.*, alive.* from asked cross join lateral ${ownerAlive(kind, from('asked'))} alive
    ),
    target as materialized (
      select o.asked, ${$.now}, c.id, c.person_id, c.authenticator_id from owner o
      join challenges c on c.id = ${$.challengeId} and c.${kind}_id = o.id
      join authenticators a on a.id = c.authenticator_id and a.removed_at is null and a.locked_at is null
        and (a.expires_at is null or a.expires_at > ${$.now})
        and a.consecutive_failures < case when a.expires_at is null then ${consecutive} else ${parameters.passcode.tries} end
      where c.consumed_at is null and c.expires_at > ${$.now} and c.tries < c.max_tries
      order by c.person_id for update of a, c
    ),
    guarded as (
      insert into guards as g (person_id, window_at, window_count, day_at, day_count)
      select t.person_id, t.now, 1, t.now, 1 from target t
      on conflict (person_id) do update set
        window_count = case when ${windowOver} then 1 else g.window_count + 1 end,
        window_at = case when ${windowOver} then excluded.window_at else g.window_at end,
        day_count = case when ${dayOver} then 1 else g.day_count + 1 end,
        day_at = case when ${dayOver} then excluded.day_at else g.day_at end
      where (${windowOver} or g.window_count < ${perWindow}) and (${dayOver} or g.day_count < ${perDay})
      returning g.person_id
    ),
    a as (
      update authenticators set consecutive_failures = consecutive_failures + 1
      from target t join guarded g on g.person_id = t.person_id where authenticators.id = t.authenticator_id
      returning authenticators.id, authenticators.credential, authenticators.version, authenticators.added_at
    )
    update challenges c set tries = tries + 1
    from target t join a on a.id = t.authenticator_id join owner o on o.asked = t.asked join persons p on p.id = t.person_id
      left join companies k on k.id = o.company_id cross join ${flushedWithTheAnswer}
    where c.id = t.id returning o.asked, ${columns}, ${needs(kind, $)}`
    },
  )

const claimed = { attempt: claims('attempt'), session: claims('session') }

/**
 * Claim: counts the guess against the challenge, the person and the authenticator before it is checked, in one
 * statement, so that parallel guesses cannot slip past a limit. No row: not this owner's, spent, late, out of
 * tries, throttled or locked. Whatever touches both locks the authenticator before the challenge.
 */
export const claim = async (
  db: Db,
  owner: Owner,
  id: string,
  now: Date,
  address: string,
): Promise<ClaimedChallenge | null> => {
  return claimed[owner.kind](db, { tokenHash: owner.tokenHash, now, challengeId: id, address })
}

/** When the person may guess again; null when the guards are not what stopped them. */
export const blockedUntil = async (db: Db, personId: string, now: Date): Promise<Date | null> => {
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
