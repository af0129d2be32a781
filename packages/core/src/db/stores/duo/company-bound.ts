import { parameters } from '../../../policy/parameters.ts'
import type { Db } from '../../connect.ts'

/**
 * Whether an authenticator `a` counts: one that a company brought does while the person belongs to that company
 * alone and it still uses what it brought (security invariant 7). Whoever joins or leaves another company
 * changes sides by this, with nothing to be updated.
 */
export const applies = (db: Db) => db`(a.factor <> 'duo' or (
  exists (select 1 from duo_settings d where d.company_id = a.company_id and d.reset_at is null)
  and array[a.company_id] = array(select m.company_id from memberships m
    where m.person_id = a.person_id and m.joined_at is not null and m.deactivated_at is null)))`

/**
 * Whether the last factor was taken away by a company's reset, or fell away with a second company, and none of
 * their own was added since: a password alone must not enrol the next one (attack A-35).
 */
export const lostFactor = async (db: Db, personId: string): Promise<boolean> => {
  const [row] = await db<{ lost: boolean }[]>`
    select exists (
      select 1 from authenticators a where a.person_id = ${personId} and a.factor = 'duo' and a.added_at is not null
        and (a.removed_at is not null or not ${applies(db)})
        and not exists (select 1 from authenticators o where o.person_id = a.person_id and o.id <> a.id
          and o.factor not in ('recovery-codes', 'passcode', 'mailbox') and o.added_at is not null
          and o.added_at >= coalesce(a.removed_at, a.added_at))) as lost`
  return row?.lost ?? false
}

/**
 * Whether the password was just replaced through the mailbox, and the company's factor not taken away after that: then
 * the mailbox would be the only thing proven (attack A-31).
 */
export const restsOnMailbox = async (db: Db, personId: string, now: Date): Promise<boolean> => {
  const from = new Date(now.getTime() - parameters.passcode.resetHold)
  const rows = await db`
    select 1 from persons p where p.id = ${personId} and p.password_reset_at > ${from} and not exists (
      select 1 from authenticators a where a.person_id = p.id and a.factor = 'duo' and a.removed_at >= p.password_reset_at)`
  return rows.length === 1
}
