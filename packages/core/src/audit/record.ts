import type { FactorName } from '@countersign/contract'
import type { Db } from '../db/connect.ts'
import type { AuditDetail } from '../db/schema/audit-events.ts'
import type { Caller } from '../deps.ts'

/** What can happen. The SPA and the export make words of it. */
export type AuditEvent =
  | 'sign-in.password'
  | 'sign-in.factor'
  | 'sign-in.finished'
  | 'sign-in.reminded'
  | 'sign-in.throttled'
  | 'sign-out'
  | 'session.revoked'
  | 'step-up'
  | 'code.sent'
  | 'code.not-sent'
  | 'authenticator.added'
  | 'authenticator.renamed'
  | 'authenticator.removed'
  | 'authenticator.locked'
  | 'recovery-codes.made'
  | 'recovery-code.used'
  | 'password.changed'
  | 'password.reset-asked'
  | 'password.reset'
  | 'profile.changed'
  | 'email.changed'
  | 'not-me'
  | 'company.entered'
  | 'application.entered'
  | 'application.refused'
  | 'employee.invited'
  | 'employee.joined'
  | 'employee.changed'
  | 'employee.deactivated'
  | 'employee.reactivated'
  | 'employees.imported'
  | 'employees.exported'
  | 'employees.reminded'
  | 'requirement.announced'
  | 'requirement.withdrawn'
  | 'requirement.on'
  | 'mailbox.proven'
  | 'network.added'
  | 'network.renamed'
  | 'network.removed'
  | 'trust.reused'
  | 'trust.ended'
  | 'duo.tested'
  | 'duo.set-up'
  | 'duo.rotated'
  | 'duo.reset'
  | 'audit.exported'
  | 'company.created'
  | 'company.break-glass'
  | 'passcode.sent'
  | 'passcode.refused'
  | 'passcode.used'
  | 'recovery.password-chosen'
  | 'recovery.finished'
  | 'phone-change.asked'
  | 'phone-change.cancelled'
  | 'phone-change.done'
  | 'caller-check.asked'
  | 'caller-check.mismatch'
  | 'recovery.settings-changed'
  | 'push.paired'
  | 'push.approved'
  | 'push.denied'
  | 'push.disowned'
  | 'push.wrong-number'
  | 'webhook.added'
  | 'webhook.secret-rotated'
  | 'webhook.tested'
  | 'webhook.replayed'
  | 'webhook.disabled'
  | 'webhook.switched-off'
  | 'webhook.switched-on'
  | 'application.registered'
  | 'application.edited'
  | 'application.secret-rotated'
  | 'application.disabled'
  | 'application.enabled'
  | 'signing-keys.rotated'
  | 'provisioning.token-made'
  | 'provisioning.token-replaced'
  | 'provisioning.token-revoked'

export type AuditEntry = {
  event: AuditEvent
  outcome?: 'ok' | 'failed'
  /** The chains that hear of it, in id order; none stands for events outside companies. */
  companyIds: string[]
  actorId?: string | null
  subjectId?: string | null
  factor?: FactorName | null
  attemptId?: string | null
  sessionId?: string | null
  detail?: AuditDetail
}

/** Stands in for the caller where the product itself acts: a date that came, an operator at the command line. */
export const ourselves: Caller = { address: '', userAgent: '', requestId: '' }

/** Chain of events that belong to no company. */
const noCompany = '00000000-0000-0000-0000-000000000000'

/** At most this much of a browser's description of itself is kept (ASVS 1.3.3). */
const userAgentLength = 256

/**
 * Appends to the audit, in the transaction of what it records; put it last, since it locks the chain's end.
 */
export const record = async (db: Db, now: Date, caller: Caller, entry: AuditEntry) => {
  const companyIds = entry.companyIds.length > 0 ? entry.companyIds : [noCompany]
  await db`
    insert into audit_events (company_id, at, event, outcome, actor_id, subject_id, factor, attempt_id, session_id,
      address, user_agent, request_id, detail)
    select company_id, ${now}, ${entry.event}, ${entry.outcome ?? 'ok'}, ${entry.actorId ?? null},
      ${entry.subjectId ?? null}, ${entry.factor ?? null}, ${entry.attemptId ?? null}, ${entry.sessionId ?? null},
      ${caller.address}, ${caller.userAgent.slice(0, userAgentLength)}, ${caller.requestId}, ${db.json({ ...entry.detail, ...(caller.via && { via: caller.via }) })}
    from unnest(${companyIds}::uuid[]) as company_id order by company_id`
}
