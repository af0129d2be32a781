import type { Sql } from '../db/connect.ts'
import { removeOver } from '../db/stores/applications/oidc/signing-keys.ts'
import type { Deps } from '../deps.ts'
import { parameters } from '../policy/parameters.ts'

const { retention, webhooks } = parameters

/** What is kept no longer, oldest dependants first. Each is one statement over what ended before a moment. */
const due: { keep: number; remove: (sql: Sql, before: Date) => PromiseLike<unknown> }[] = [
  {
    // A challenge may hold sealed secrets of an enrolment: it goes soon after it is over, whoever owned it.
    keep: retention.challenges,
    remove: (sql, before) => sql`delete from challenges where expires_at < ${before}`,
  },
  {
    keep: retention.attempts,
    remove: (sql, before) => sql`delete from sign_in_attempts where expires_at < ${before}`,
  },
  {
    keep: retention.notices,
    remove: (sql, before) => sql`delete from phone_changes where coalesce(done_at, cancelled_at) < ${before}`,
  },
  {
    keep: retention.throttles,
    remove: (sql, before) => sql`delete from caller_checks where expires_at < ${before}`,
  },
  {
    // Never proven, so never anybody's factor; a new phone number is one that still waits.
    keep: retention.attempts,
    remove: (sql, before) => sql`
      delete from authenticators a where a.added_at is null and a.created_at < ${before}
        and not exists (select 1 from challenges c where c.authenticator_id = a.id)
        and not exists (select 1 from phone_changes p where p.authenticator_id = a.id)`,
  },
  {
    // A used code stays known for as long as it could have been used, which is long over by then.
    keep: retention.attempts,
    remove: (sql, before) => sql`delete from oidc_records where expires_at < ${before}`,
  },
  { keep: parameters.signingKeys.knownAfter, remove: removeOver },
  {
    keep: retention.sessions,
    remove: (sql, before) => sql`delete from sessions where coalesce(ended_at, expires_at) < ${before}`,
  },
  {
    keep: retention.throttles,
    remove: (sql, before) => sql`
      delete from throttles where window_at < ${before} and coalesce(blocked_until, window_at) < ${before}`,
  },
  { keep: retention.sends, remove: (sql, before) => sql`delete from sends where at < ${before}` },
  { keep: retention.links, remove: (sql, before) => sql`delete from links where expires_at < ${before}` },
  {
    // The recipient's address goes with the row; nothing that is still owed does.
    keep: retention.notices,
    remove: (sql, before) => sql`delete from mails where coalesce(sent_at, failed_at) < ${before}`,
  },
  {
    keep: retention.attempts,
    remove: (sql, before) =>
      sql`delete from passes where token_hash is null and ticket_expires_at < ${before}`,
  },
  {
    keep: webhooks.keep,
    remove: (sql, before) =>
      sql`delete from webhook_deliveries where next_at is null and owed_at < ${before}`,
  },
  { keep: webhooks.keep, remove: (sql, before) => sql`delete from webhooks where disabled_at < ${before}` },
]

/**
 * Deletes what its time is over for (ASVS 14.2.7). Every step stands alone: one that fails is logged and comes
 * again with the next run.
 */
export const cleanUp = async (deps: Deps): Promise<void> => {
  const now = deps.clock.now().getTime()
  for (const { keep, remove } of due) {
    try {
      await remove(deps.sql, new Date(now - keep))
    } catch (error) {
      deps.log.error({ error }, 'clean-up')
    }
  }
}
