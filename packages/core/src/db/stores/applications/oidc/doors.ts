import type { AccountType, Role } from '@countersign/contract'
import type { Db } from '../../../connect.ts'
import { type ApplicationRow, columns } from '../applications.ts'

/** An application with what decides whether a session enters it; whether the session lives is another question. */
export type Door = ApplicationRow & {
  /** Null without a session. */
  sessionCreatedAt: Date | null
  /** Let in without the factor because of a check on a trusted network of the company acted in. */
  remembered: boolean
  /** Whether the session's person has answered from their address. */
  emailProven: boolean
  /** Of the company the session acts in. */
  requiredAt: Date | null
  requiredFrom: Date | null
  /** Active ones of the session's person. */
  memberships: { companyId: string; companyName: string; accountType: AccountType; role: Role }[]
}

export type RecordRow = {
  payload: Record<string, unknown>
  sessionId: string | null
  grantId: string | null
  createdAt: Date
  consumedAt: Date | null
}

/** What an entry is judged by, for the aliases `a` (application) and `s` (session, perhaps none). */
const doorColumns = (db: Db) => db`
  ${columns(db)}, s.created_at as session_created_at, k.required_at, k.required_from,
  exists (select 1 from sign_in_attempts t where t.id = s.attempt_id and t.outcome = 'skip'
    and t.company_id = s.company_id) as remembered,
  exists (select 1 from persons p where p.id = s.person_id and p.email_proven_at is not null) as email_proven,
  coalesce((select json_agg(json_build_object('companyId', m.company_id, 'companyName', c.name,
      'accountType', m.account_type, 'role', m.role) order by m.company_id)
    from memberships m join companies c on c.id = m.company_id
    where m.person_id = s.person_id and m.joined_at is not null and m.deactivated_at is null), '[]'::json) as memberships`

/** The door of an application as a browser stands before it. */
export const findDoor = async (
  db: Db,
  clientId: string,
  sessionTokenHash: Buffer | null,
): Promise<Door | null> => {
  const [row] = await db<Door[]>`
    select ${doorColumns(db)} from applications a
    left join sessions s on s.token_hash = ${sessionTokenHash}
    left join companies k on k.id = s.company_id
    where a.client_id = ${clientId}`
  return row ?? null
}

/** All doors of one kind of visit: for the list on Home. */
export const listDoors = (db: Db, sessionId: string) => db<Door[]>`
  select ${doorColumns(db)} from applications a
  left join sessions s on s.id = ${sessionId}
  left join companies k on k.id = s.company_id
  where a.disabled_at is null order by lower(a.name), a.client_id`

type Kept = Door & {
  payload: Record<string, unknown> | null
  recordSessionId: string | null
  grantId: string | null
  recordCreatedAt: Date | null
  consumedAt: Date | null
}

const split = (row: Kept | undefined): { door: Door; record: RecordRow | null } | null => {
  if (!row) return null
  const { payload, recordSessionId, grantId, recordCreatedAt, consumedAt, ...door } = row
  if (payload === null || recordCreatedAt === null) return { door, record: null }
  return {
    door,
    record: { payload, sessionId: recordSessionId, grantId, createdAt: recordCreatedAt, consumedAt },
  }
}

const recordColumns = (db: Db) => db`
  r.payload, r.session_id as record_session_id, r.grant_id, r.created_at as record_created_at, r.consumed_at`

/** An application that calls us, with the code it shows; the record is null unless it is the application's own. */
export const findCaller = async (db: Db, clientId: string, codeHash: Buffer, now: Date) => {
  const [row] = await db<Kept[]>`
    select ${doorColumns(db)}, ${recordColumns(db)} from applications a
    left join oidc_records r on r.hash = ${codeHash} and r.kind = 'code' and r.application_id = a.id and r.expires_at > ${now}
    left join sessions s on s.id = r.session_id
    left join companies k on k.id = s.company_id
    where a.client_id = ${clientId}`
  return split(row)
}

/** An access token that is shown to us, with the application it was given to. */
export const findToken = async (db: Db, tokenHash: Buffer, now: Date) => {
  const [row] = await db<Kept[]>`
    select ${doorColumns(db)}, ${recordColumns(db)} from oidc_records r
    join applications a on a.id = r.application_id
    left join sessions s on s.id = r.session_id
    left join companies k on k.id = s.company_id
    where r.hash = ${tokenHash} and r.kind = 'access-token' and r.expires_at > ${now}`
  return split(row)
}

/** What an application asked for in this browser, while it waits. */
export const findInteraction = async (
  db: Db,
  one: { hash: Buffer; browserHash: Buffer; sessionTokenHash: Buffer | null; now: Date },
) => {
  const [row] = await db<Kept[]>`
    select ${doorColumns(db)}, ${recordColumns(db)} from oidc_records r
    join applications a on a.id = r.application_id
    left join sessions s on s.token_hash = ${one.sessionTokenHash}
    left join companies k on k.id = s.company_id
    where r.hash = ${one.hash} and r.kind = 'interaction' and r.browser_hash = ${one.browserHash}
      and r.expires_at > ${one.now}`
  return split(row)
}
