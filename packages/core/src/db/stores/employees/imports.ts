import type { ImportView } from '@countersign/contract'
import type { Caller } from '../../../deps.ts'
import type { Db } from '../../connect.ts'

export type ImportRow = { line: number; cells: string[]; values: Record<string, string> }

/** An import with whoever handed it in, as they are now: their role may have gone meanwhile. */
export type OpenImport = {
  id: string
  companyId: string
  companyName: string
  actorId: string
  actorName: string
  role: 'employee' | 'admin' | 'security_admin' | null
  sessionId: string
  address: string
  userAgent: string
  requestId: string
  total: number
}

/** Keeps a file of people, all of it or nothing. @returns the import's id */
export const create = async (
  db: Db,
  from: { companyId: string; actorId: string; sessionId: string; caller: Caller; now: Date },
  file: { header: string[]; rows: ImportRow[] },
): Promise<string> => {
  const { caller, now } = from
  const [made] = await db<{ id: string }[]>`
    insert into imports (company_id, actor_id, session_id, address, user_agent, request_id, header, total, started_at)
    values (${from.companyId}, ${from.actorId}, ${from.sessionId}, ${caller.address}, ${caller.userAgent.slice(0, 256)},
      ${caller.requestId}, ${file.header}::text[], ${file.rows.length}, ${now})
    returning id`
  const id = (made as { id: string }).id
  for (let start = 0; start < file.rows.length; start += 1000) {
    const part = file.rows.slice(start, start + 1000)
    await db`
      insert into import_rows (company_id, import_id, line, cells, "values")
      select ${from.companyId}, ${id}, (r->>'line')::int, array(select jsonb_array_elements_text(r->'cells')), r->'values'
      from jsonb_array_elements(${db.json(part)}) as r`
  }
  return id
}

/** What was handed in more than `life` ago goes, with everybody in it. */
export const forgetOld = (db: Db, companyId: string, before: Date) =>
  db`delete from imports where company_id = ${companyId} and started_at < ${before}`

const seen = (db: Db) => db`
  select i.id, i.total, i.started_at, i.finished_at,
    (select count(*)::int from import_rows r where r.import_id = i.id and r.done_at is not null and r.problem is null) as landed,
    (select count(*)::int from import_rows r where r.import_id = i.id and r.problem is not null) as refused
  from imports i`

type Seen = Omit<ImportView, 'startedAt' | 'finishedAt'> & { startedAt: Date; finishedAt: Date | null }

export const find = async (db: Db, companyId: string, id: string): Promise<Seen | null> => {
  const [row] = await db<Seen[]>`${seen(db)} where i.company_id = ${companyId} and i.id = ${id}`
  return row ?? null
}

export const findLatest = async (db: Db, companyId: string): Promise<Seen | null> => {
  const [row] = await db<
    Seen[]
  >`${seen(db)} where i.company_id = ${companyId} order by i.started_at desc, i.id desc limit 1`
  return row ?? null
}

export const findOpen = async (db: Db, id: string): Promise<OpenImport | null> => {
  const [row] = await db<OpenImport[]>`
    select i.id, i.company_id, c.name as company_name, i.actor_id, p.name as actor_name, m.role, i.session_id, i.address,
      i.user_agent, i.request_id, i.total
    from imports i join companies c on c.id = i.company_id join persons p on p.id = i.actor_id
    left join memberships m on m.company_id = i.company_id and m.person_id = i.actor_id and m.joined_at is not null
      and m.deactivated_at is null
    where i.id = ${id} and i.finished_at is null`
  return row ?? null
}

/** The next rows nobody has landed, held until the transaction ends; a second runner takes others. */
export const claim = (db: Db, id: string, limit: number) => db<ImportRow[]>`
  select line, cells, "values" from import_rows where import_id = ${id} and done_at is null
  order by line limit ${limit} for update skip locked`

export const settle = (db: Db, id: string, line: number, problem: string | null, now: Date) => db`
  update import_rows set done_at = ${now}, problem = ${problem} where import_id = ${id} and line = ${line}`

/** @returns false while rows wait, or when it was finished before */
export const finish = async (db: Db, id: string, now: Date): Promise<boolean> => {
  const rows = await db`
    update imports set finished_at = ${now} where id = ${id} and finished_at is null
      and not exists (select 1 from import_rows where import_id = ${id} and done_at is null) returning id`
  return rows.length === 1
}

export const refusedRows = (db: Db, companyId: string, id: string) => db<
  { line: number; cells: string[]; problem: string; header: string[] }[]
>`
  select r.line, r.cells, r.problem, i.header from import_rows r join imports i on i.id = r.import_id
  where i.company_id = ${companyId} and i.id = ${id} and r.problem is not null order by r.line`

/** Imports that have not moved since a moment: whoever ran them is gone. */
export const standingStill = (db: Db, since: Date) => db<{ id: string }[]>`
  select id from imports i where finished_at is null and started_at < ${since}
    and not exists (select 1 from import_rows r where r.import_id = i.id and r.done_at >= ${since})`

export const enqueue = (db: Db, id: string, key: string) =>
  db`select jobs.enqueue('import', json_build_object('id', ${id}::text), ${key}::text)`
