import type { DuoPeople, DuoRehearsal, DuoResetView, DuoView, MailProgress } from '@countersign/contract'
import type { Db } from '../db/connect.ts'
import * as store from '../db/stores/duo/duo.ts'
import * as people from '../db/stores/duo/duo-people.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { actingIn } from '../people/acting.ts'

/** Organization 2FA, as Company Settings shows it. @throws Problem `not-allowed` */
export const viewDuo = async (deps: Deps, session: LiveSession): Promise<DuoView> => {
  const { companyId } = actingIn(session, 'admin')
  const [inUse, counts, reset] = await Promise.all([
    store.findInUse(deps.sql, companyId),
    people.countPeople(deps.sql, companyId),
    viewReset(deps.sql, companyId),
  ])
  return {
    setUp: inUse && {
      integrationKey: inUse.integrationKey,
      apiHost: inUse.apiHost,
      setUpAt: inUse.setUpAt.toISOString(),
      setUpBy: inUse.setUpByName,
      testedAt: inUse.testedAt.toISOString(),
      ...counts,
    },
    reset,
  }
}

/** Who would be asked for Duo, and who is exempt. Changes nothing. @throws Problem `not-allowed` */
export const rehearseDuo = async (deps: Deps, session: LiveSession): Promise<DuoRehearsal> => {
  const { companyId } = actingIn(session, 'security_admin')
  const [asked, exempt] = await Promise.all([
    people.asked(deps.sql, companyId),
    people.exempt(deps.sql, companyId),
  ])
  const why = 'several-companies' as const
  return { asked, exempt: { count: exempt.count, first: exempt.first.map((one) => ({ ...one, why })) } }
}

/** Whom a reset concerns. @throws Problem `not-allowed` */
export const peopleOfDuo = (deps: Deps, session: LiveSession): Promise<DuoPeople> =>
  people.boundTo(deps.sql, actingIn(session, 'security_admin').companyId)

/** The company's last reset with its mails on their way; null when there was none. */
export const viewReset = async (db: Db, companyId: string): Promise<DuoResetView | null> => {
  const row = await store.lastReset(db, companyId)
  if (!row) return null
  return {
    at: row.at.toISOString(),
    by: row.byName,
    people: row.people,
    sessionsEnded: row.sessionsEnded,
    mails: await progressOf(db, `duo-reset:${row.id}`),
  }
}

const progressOf = async (db: Db, key: string): Promise<MailProgress | null> => {
  const [row] = await db<(Omit<MailProgress, 'startedAt'> & { createdAt: Date })[]>`
    select b.template, b.total, b.created_at,
      (select count(*)::int from mails where batch_id = b.id and sent_at is not null) as sent,
      (select count(*)::int from mails where batch_id = b.id and sent_at is null and last_error is not null) as failed
    from mail_batches b where b.key = ${key}`
  if (!row) return null
  const { createdAt, ...rest } = row
  return { ...rest, startedAt: createdAt.toISOString() }
}
