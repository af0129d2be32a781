import type { InvitationView } from '@countersign/contract'
import type { Db } from '../../db/connect.ts'
import * as persons from '../../db/stores/people/persons.ts'
import * as sessions from '../../db/stores/sign-in/sessions.ts'
import { hashToken } from '../../keys/tokens.ts'
import { Problem } from '../../problem.ts'
import { gatherFacts } from '../../sign-in/facts.ts'

/** What joining takes besides the link. */
export const needsToJoin = async (db: Db, person: persons.PersonRow): Promise<InvitationView['needs']> => {
  if (person.passwordHash === null) return 'password'
  const active = await persons.activeMemberships(db, person.id)
  return active.length > 0 ? 'session' : 'nothing'
}

/** A session that may join, and how strong it has to stay until it has. */
export type Joining = { id: string; aal: 1 | 2 }

/**
 * Whoever belongs to several companies is exempt from what a single one asks: its Duo, its trusted networks. So
 * somebody who is active in a company joins another as themselves, by all they hold; the mailbox alone is the link
 * (attack A-31). Holds the person, so that of two invitations answered at once the second sees the first.
 * @param token of the session's cookie
 * @returns null where the mailbox is enough
 * @throws Problem `not-signed-in`, with the detail `somebody-else` in a session of another person; `step-up-required`
 */
export const requireThemselves = async (
  db: Db,
  personId: string,
  token: string | null,
  now: Date,
): Promise<Joining | null> => {
  await persons.lock(db, personId)
  const { memberships, input } = await gatherFacts(db, personId, now)
  if (memberships.length === 0) return null
  const session = token ? await sessions.findLive(db, hashToken(token), now) : null
  if (!session) throw new Problem('not-signed-in')
  if (session.personId !== personId) throw new Problem('not-signed-in', { detail: 'somebody-else' })
  const aal = input.factors.some(({ locked }) => !locked) ? 2 : 1
  if (session.aal < aal) throw new Problem('step-up-required')
  return { id: session.id, aal }
}

/**
 * Joining has written to the person's sessions by now and holds them, so what is read here stays so until it is done.
 * @throws Problem `not-signed-in`, `step-up-required`
 */
export const requireStillThere = async (db: Db, { id, aal }: Joining) => {
  const session = await sessions.findById(db, id)
  if (!session) throw new Problem('not-signed-in')
  if (session.aal < aal) throw new Problem('step-up-required')
}
