import { type Role, roles } from '@countersign/contract'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import { Problem } from '../problem.ts'

/** A session that acts in a company; every decision and every statement is keyed by this company. */
export type ActingSession = LiveSession & { companyId: string; companyName: string }

/** Whoever changes a company's people: an admin in a session, or the company's directory, which is no person. */
export type Actor = Pick<ActingSession, 'companyId' | 'companyName' | 'name' | 'role'> & {
  id: string | null
  personId: string | null
}

/** Whether a role may do what another may: employee < admin < security_admin. */
export const isAtLeast = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least)

/** @throws Problem `company-needed` until one was chosen, `not-allowed` for a lesser role there */
export const actingIn = (session: LiveSession, least: Role): ActingSession => {
  const { companyId, companyName } = session
  if (companyId === null || companyName === null) throw new Problem('company-needed')
  if (!isAtLeast(session.role, least)) throw new Problem('not-allowed')
  return { ...session, companyId, companyName }
}

/** The columns of an audit row about what somebody did to somebody in the company they act in. */
export const byActor = (
  session: Pick<Actor, 'id' | 'personId' | 'companyId'>,
  subjectId: string | null = null,
) => ({
  companyIds: [session.companyId],
  actorId: session.personId,
  subjectId,
  sessionId: session.id,
})
