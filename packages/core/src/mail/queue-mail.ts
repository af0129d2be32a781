import { randomUUID } from 'node:crypto'
import type { Db } from '../db/connect.ts'
import type { Deps } from '../deps.ts'
import type { MailParams, MailTemplate } from './templates/index.ts'

/** What the sealed parameters of a mail are bound to. */
export const mailBinding = (id: string) => `mails|params|${id}`

/**
 * Owes a mail, in the transaction of what it tells of: sent after commit, never for a rolled-back change, and
 * once for one key however often the change is retried.
 */
export const queueMail = async <T extends MailTemplate>(
  db: Db,
  deps: Pick<Deps, 'seal' | 'clock'>,
  mail: {
    key: string
    to: string
    template: T
    params: MailParams[T]
    personId?: string | null
    companyId?: string | null
  },
): Promise<string> => {
  const id = randomUUID()
  const params = deps.seal.close(mail.params, mailBinding(id))
  await db`
    with owed as (
      insert into mails (id, key, company_id, person_id, recipient, template, params, created_at)
      values (${id}, ${mail.key}, ${mail.companyId ?? null}, ${mail.personId ?? null}, ${mail.to}, ${mail.template}, ${params}, ${deps.clock.now()})
      on conflict (key) do nothing returning id
    )
    select jobs.enqueue('mail', json_build_object('id', id), 'mail:' || id) from owed`
  return id
}
