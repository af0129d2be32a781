import { randomUUID } from 'node:crypto'
import type { Db } from '../db/connect.ts'
import type { Deps } from '../deps.ts'
import { type Audience, isAudience } from './queue-batch.ts'
import { mailBinding } from './queue-mail.ts'

/** People at a time; each lot is one transaction, so that a crash goes on where it stopped. */
const lot = 500

type Batch = {
  id: string
  companyId: string
  template: string
  audience: Audience
  params: Record<string, string>
  cursor: string | null
  createdAt: Date
}

/** The queue's task: writes the single mails of a batch, lot by lot, each with a job of its own. */
export const sendBatch = async (deps: Deps, id: string): Promise<void> => {
  while (await deps.sql.begin((tx) => sendLot(tx, deps, id))) {
    // Each lot is committed before the next one is begun.
  }
}

const sendLot = async (db: Db, deps: Deps, id: string): Promise<boolean> => {
  const now = deps.clock.now()
  const [batch] = await db<Batch[]>`
    select id, company_id, template, audience, params, cursor, created_at from mail_batches
    where id = ${id} and finished_at is null for update`
  if (!batch) return false
  const people = await db<{ id: string; name: string; email: string }[]>`
    select p.id, p.name, p.email from memberships m join persons p on p.id = m.person_id
    where m.company_id = ${batch.companyId} and (${batch.cursor}::uuid is null or p.id > ${batch.cursor}::uuid)
      and ${isAudience(db, batch.audience, batch.createdAt)}
    order by p.id limit ${lot}`
  await writeMails(db, deps, batch, people)
  const last = people.length === lot ? (people.at(-1)?.id ?? null) : null
  await db`
    update mail_batches set cursor = coalesce(${last}, cursor), finished_at = ${last ? null : now} where id = ${id}`
  return last !== null
}

const writeMails = async (
  db: Db,
  deps: Deps,
  batch: Batch,
  people: { id: string; name: string; email: string }[],
) => {
  if (people.length === 0) return
  const rows = people.map((person) => {
    const id = randomUUID()
    const params = { ...batch.params, email: person.email, name: person.name }
    return {
      id,
      key: `batch:${batch.id}:${person.id}`,
      batchId: batch.id,
      companyId: batch.companyId,
      personId: person.id,
      recipient: person.email,
      template: batch.template,
      params: deps.seal.close(params, mailBinding(id)),
      createdAt: deps.clock.now(),
    }
  })
  await db`
    with owed as (insert into mails ${db(rows)} on conflict (key) do nothing returning id)
    select jobs.enqueue('mail', json_build_object('id', id), 'mail:' || id) from owed`
}
