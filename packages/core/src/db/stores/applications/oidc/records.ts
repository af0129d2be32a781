import type { Caller } from '../../../../deps.ts'
import type { Db } from '../../../connect.ts'

type Payload = Record<string, unknown>
type Lifetime = { now: Date; expiresAt: Date }
const asJson = (db: Db, payload: Payload) => db.json(payload as Parameters<typeof db.json>[0])

export const addInteraction = async (
  db: Db,
  one: { hash: Buffer; browserHash: Buffer; applicationId: string; payload: Payload } & Lifetime,
) => {
  await db`
    insert into oidc_records (hash, kind, application_id, browser_hash, payload, created_at, expires_at)
    values (${one.hash}, 'interaction', ${one.applicationId}, ${one.browserHash}, ${asJson(db, one.payload)}, ${one.now}, ${one.expiresAt})`
}

/**
 * Somebody enters: the code, that the session was there, and the audit, whole or not at all, in one statement.
 * Nothing happens for a session that ended or an application that was disabled meanwhile.
 */
export const enter = async (
  db: Db,
  one: {
    hash: Buffer
    applicationId: string
    session: { id: string; personId: string; companyId: string }
    grantId: string
    payload: Payload
    application: string
    aal: number
    caller: Caller
  } & Lifetime,
): Promise<boolean> => {
  const rows = await db`
    with standing as (
      select s.id as session_id, a.id as application_id from sessions s, applications a
      where s.id = ${one.session.id} and s.ended_at is null and a.id = ${one.applicationId} and a.disabled_at is null
      for share of s
    ),
    kept as (
      insert into oidc_records (hash, kind, application_id, session_id, grant_id, payload, created_at, expires_at)
      select ${one.hash}, 'code', application_id, session_id, ${one.grantId}::uuid, ${asJson(db, one.payload)}, ${one.now}::timestamptz,
        ${one.expiresAt}::timestamptz from standing
    ),
    entered as (
      insert into session_applications (session_id, application_id, entered_at)
      select session_id, application_id, ${one.now} from standing
      on conflict (session_id, application_id) do update set entered_at = excluded.entered_at
    )
    insert into audit_events (company_id, at, event, outcome, actor_id, subject_id, session_id, address, user_agent,
      request_id, detail)
    select ${one.session.companyId}::uuid, ${one.now}::timestamptz, 'application.entered', 'ok', ${one.session.personId}::uuid,
      ${one.session.personId}::uuid, session_id, ${one.caller.address}, ${one.caller.userAgent.slice(0, 256)}, ${one.caller.requestId},
      ${asJson(db, { application: one.application, aal: one.aal })}
    from standing returning id`
  return rows.length === 1
}

/**
 * Exchanges a code for a token, in one statement: of any number at once, one wins and the others get nothing.
 * A session that ended meanwhile gives nothing either.
 */
export const exchange = async (
  db: Db,
  one: { codeHash: Buffer; hash: Buffer; payload: Payload } & Lifetime,
): Promise<boolean> => {
  const rows = await db`
    with used as (
      update oidc_records r set consumed_at = ${one.now}
      from sessions s
      where r.hash = ${one.codeHash} and r.kind = 'code' and r.consumed_at is null and r.expires_at > ${one.now}
        and s.id = r.session_id and s.ended_at is null
      returning r.application_id, r.session_id, r.grant_id
    )
    insert into oidc_records (hash, kind, application_id, session_id, grant_id, payload, created_at, expires_at)
    select ${one.hash}, 'access-token', application_id, session_id, grant_id, ${asJson(db, one.payload)}, ${one.now}::timestamptz,
      ${one.expiresAt}::timestamptz from used returning hash`
  return rows.length === 1
}

/** What a code was exchanged for is worth nothing any more; the code itself is used already. */
export const revokeGrant = async (db: Db, grantId: string, now: Date) => {
  await db`
    update oidc_records set expires_at = ${now}
    where grant_id = ${grantId} and kind = 'access-token' and expires_at > ${now}`
}

export const removeInteraction = async (db: Db, hash: Buffer) => {
  await db`delete from oidc_records where hash = ${hash} and kind = 'interaction'`
}
