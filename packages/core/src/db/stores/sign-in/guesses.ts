import type { Amr } from '@countersign/contract'
import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'
import { isTrustedNetwork } from '../company/trusts.ts'
import {
  type Asking,
  type ChallengeRow,
  columns,
  forOwners,
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

type Claiming = Asking & { id: string; address: string; windowFrom: Date; dayFrom: Date }

const needs = (kind: Owner['kind'], $: Placeholders<Claiming>) =>
  kind === 'attempt'
    ? `o.amr as proven, ${isTrustedNetwork('o.company_id', $)} as on_trusted_network, ${isCrowded('o.person_id', $)} as crowded`
    : 'null::text[] as proven, false as on_trusted_network, false as crowded'

/**
 * The claim does not wait for the disk by itself: whatever is answered commits after it, and with a commit goes all
 * that was written before it. A server that dies in between has told nobody whether the guess was right.
 */
const flushedWithTheAnswer = `(select set_config('synchronous_commit', 'off', true)) as later`

const claims = forOwners<ClaimedChallenge, Claiming>(
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
      returning authenticators.credential, authenticators.version, authenticators.added_at
    )
    update challenges c set tries = tries + 1
    from target t join a on true join owner o on true join persons p on p.id = t.person_id
      left join companies k on k.id = o.company_id cross join ${flushedWithTheAnswer}
    where c.id = t.id returning ${columns}, ${needs(kind, $)}`,
)

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
  const windowFrom = new Date(now.getTime() - window)
  const dayFrom = new Date(now.getTime() - day)
  const claiming = { tokenHash: owner.tokenHash, now, id, address, windowFrom, dayFrom }
  const [row] = await claims[owner.kind](db, claiming)
  return row ?? null
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
