import type { Door } from '../db/stores/applications/oidc/doors.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import { type Entry, type EntryInput, mayEnter } from '../policy/may-enter.ts'

/** What a request asks beyond what is registered. */
export type Asked = EntryInput['asked']

export const asksNothing: Asked = { aal: 1, maxAge: null, anew: false }

/** When somebody last proved who they are: the factor's moment, else the password's. */
export const provenAt = (session: LiveSession, door: Door): Date =>
  session.factorAt ?? door.sessionCreatedAt ?? new Date(0)

/** Whether a live session enters, now; the facts are as fresh as the two reads they came with. */
export const judgeEntry = (door: Door, session: LiveSession, asked: Asked, now: Date): Entry => {
  const acting = door.memberships.find(({ companyId }) => companyId === session.companyId) ?? null
  return mayEnter({
    application: door,
    acting,
    others: door.memberships.filter((one) => one !== acting),
    company: acting && { requiredAt: door.requiredAt, requiredFrom: door.requiredFrom },
    session: { aal: session.aal, provenAt: provenAt(session, door), remembered: door.remembered },
    asked,
    now,
  })
}
