import type { InvitationView } from '@countersign/contract'
import { requireStrong } from '../../account/password-rules.ts'
import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import { findMember, type MemberRow } from '../../db/stores/employees/read.ts'
import { join, rename } from '../../db/stores/employees/write.ts'
import * as links from '../../db/stores/people/links.ts'
import * as persons from '../../db/stores/people/persons.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import type { Caller, Deps } from '../../deps.ts'
import { hashToken, newToken } from '../../keys/tokens.ts'
import { decide } from '../../policy/decide.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { gatherFacts } from '../../sign-in/facts.ts'
import { needsToJoin, requireStillThere, requireThemselves } from './may-join.ts'

type Invited = { link: links.LinkRow; person: persons.PersonRow; member: MemberRow; company: string }

/** What a live link leads to; it is bound to the address it was mailed to. @throws Problem `link-over` */
const look = async (db: Db, deps: Deps, token: string): Promise<Invited> => {
  const link = await links.peek(db, 'invitation', token, deps.clock.now())
  const person = link && (await persons.find(db, link.personId))
  const member = link?.companyId ? await findMember(db, link.companyId, link.personId) : null
  const [company] = await db<
    { name: string }[]
  >`select name from companies where id = ${link?.companyId ?? null}`
  const bound = person?.email.toLowerCase() === link?.payload.email?.toLowerCase()
  if (!link || !person || !member || !company || !bound) throw new Problem('link-over')
  if (member.joinedAt !== null || member.deactivatedAt !== null) throw new Problem('link-over')
  return { link, person, member, company: company.name }
}

export const viewInvitation = async (deps: Deps, token: string): Promise<InvitationView> => {
  const { person, member, company } = await look(deps.sql, deps, token)
  const needs = await needsToJoin(deps.sql, person)
  return { company, name: member.name, email: person.email, needs }
}

/**
 * Joins. Somebody new sets a password and goes on signing in, with the mailbox proven by the link; somebody with an
 * account just joins: from a session of their own where they are active in a company already, else by the link.
 * @param session the token of the browser's session, if it has one
 * @returns the token of the sign-in under way, or null
 * @throws Problem `link-over`; `password-…`, `not-signed-in`, `step-up-required` (the link stays good)
 */
export const acceptInvitation = async (
  deps: Deps,
  caller: Caller,
  { token, next, session }: { token: string; next?: string | undefined; session: string | null },
): Promise<string | null> => {
  const seen = await look(deps.sql, deps, token)
  const isNew = seen.person.passwordHash === null
  if (isNew) requireStrong(next ?? '', { name: seen.member.name, email: seen.person.email }, [seen.company])
  const hash = isNew ? await deps.passwords.hash(next ?? '') : null
  return deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const { link, person, member } = await look(tx, deps, token)
    const joining = hash === null ? await requireThemselves(tx, person.id, session, now) : null
    if (!(await links.spend(tx, 'invitation', token, now))) throw new Problem('link-over')
    if (!link.companyId || !(await join(tx, link.companyId, person.id, now))) throw new Problem('link-over')
    if (joining) await requireStillThere(tx, joining)
    await persons.proveEmail(tx, person.id, now)
    if (hash !== null) {
      // Of two invitations answered at once, one sets the password.
      const [set] = await tx`
        update persons set password_hash = ${hash}, password_changed_at = ${now}
        where id = ${person.id} and password_hash is null returning id`
      if (!set) throw new Problem('link-over')
      await rename(tx, person.id, member.name)
    }
    const attempt = hash === null ? null : await goOn(tx, deps, caller, person.id, hash)
    const companyIds = [link.companyId]
    await record(tx, now, caller, {
      event: 'employee.joined',
      companyIds,
      actorId: person.id,
      subjectId: person.id,
      sessionId: joining?.id ?? null,
      detail: { new: hash !== null },
    })
    return attempt
  })
}

/** The password was set a moment ago and the mailbox spoke: the sign-in goes on from there. */
const goOn = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  personId: string,
  passwordHash: string,
): Promise<string | null> => {
  const now = deps.clock.now()
  const facts = await gatherFacts(db, personId, now)
  const { outcome, reason } = decide(facts.input)
  if (outcome === 'refuse') return null
  const token = newToken()
  const { companyId, companyIds } = facts
  const { life } = parameters.attempt
  const attempt = {
    tokenHash: hashToken(token),
    personId,
    passwordHash,
    companyId,
    companyIds,
    outcome,
    reason,
    life,
  }
  const id = await attempts.open(db, { ...attempt, amr: ['pwd'] }, now, caller)
  if (id === null) throw new Problem('link-over')
  await db`update sign_in_attempts set email_proven_at = ${now} where id = ${id}`
  return token
}
