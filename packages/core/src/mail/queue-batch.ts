import type { Db } from '../db/connect.ts'
import { holdsFactor } from '../db/stores/factors/second-factors.ts'
import type { MailTemplate } from './templates/index.ts'

/** Whom of a company a batch is for. */
export type Audience = 'without-factor' | 'security-admins' | 'number-enrolled' | 'duo-due' | 'duo-reset'

/** The people of an audience, as a condition on memberships m. The moment is that of the batch. */
export const isAudience = (db: Db, audience: Audience, at: Date) => {
  const active = db`m.deactivated_at is null and m.joined_at is not null`
  switch (audience) {
    case 'security-admins':
      return db`${active} and m.role = 'security_admin'`
    case 'number-enrolled':
      return db`m.deactivated_at is null and exists (select 1 from authenticators a
        where a.person_id = m.person_id and a.removed_at is null and a.factor = 'phone' and a.added_at = ${at})`
    case 'duo-due':
      // Whom Duo will be asked about: of this company alone, and not bound to it yet.
      return db`${active} and not exists (select 1 from authenticators a
          where a.person_id = m.person_id and a.company_id = m.company_id and a.factor = 'duo'
            and a.added_at is not null and a.removed_at is null)
        and not exists (select 1 from memberships o where o.person_id = m.person_id and o.company_id <> m.company_id
          and o.joined_at is not null and o.deactivated_at is null)`
    case 'duo-reset':
      return db`m.deactivated_at is null and exists (select 1 from authenticators a where a.person_id = m.person_id
        and a.company_id = m.company_id and a.factor = 'duo' and a.added_at is not null and a.removed_at = ${at})`
    case 'without-factor':
      return db`${active} and not ${holdsFactor(db, db`m.person_id`)}`
  }
}

/**
 * Owes a mail to many, in the transaction of what it tells of. One statement whatever their number: the queue
 * writes the single mails afterwards, at its own pace. @returns false when this batch was owed already
 */
export const queueBatch = async (
  db: Db,
  now: Date,
  batch: {
    key: string
    companyId: string
    template: MailTemplate
    audience: Audience
    params: Record<string, string>
  },
): Promise<boolean> => {
  const rows = await db`
    with owed as (
      insert into mail_batches (key, company_id, template, audience, params, total, created_at)
      select ${batch.key}, ${batch.companyId}, ${batch.template}, ${batch.audience}, ${db.json(batch.params)},
        (select count(*) from memberships m
          where m.company_id = ${batch.companyId} and ${isAudience(db, batch.audience, now)}), ${now}
      on conflict (key) do nothing returning id
    )
    select jobs.enqueue('mail-batch', json_build_object('id', id), 'mail-batch:' || id) from owed`
  return rows.length === 1
}
