import { randomUUID } from 'node:crypto'
import type { PasscodeView } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import { after, minutes } from '../../clock.ts'
import type { Db } from '../../db/connect.ts'
import * as passcodes from '../../db/stores/recovery/passcodes.ts'
import * as people from '../../db/stores/recovery/people.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../../deps.ts'
import { newPasscode } from '../../factors/passcode/passcode.ts'
import { factorNamed } from '../../factors/registry.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import type { ActingSession } from '../../people/acting.ts'
import { Problem } from '../../problem.ts'
import { credentialBinding } from '../../sign-in/context.ts'
import { requireProvenAdmin } from '../admin.ts'
import { barOf } from './bar.ts'
import { claimSend } from './caps.ts'
import { awaitMail } from './passcode-status.ts'

/**
 * Mails a one-time passcode that with the password leads to a new factor. Replaces the one before.
 * Returns when the mail server took it, or after a while without that; then it says so.
 * @throws Problem `not-allowed`, `needs-own-factor`, `step-up-required`, `not-found`, `client-account`,
 * `not-yourself`, `cooling-down`, `too-many-requests`
 */
export const sendPasscode = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  personId: string,
  reason: string,
): Promise<PasscodeView> => {
  const acting = await requireProvenAdmin(deps, session)
  const person = await people.find(deps.sql, acting.companyId, personId)
  if (!person) throw new Problem('not-found')
  const bar = barOf(acting, person)
  if (bar) {
    await audit(deps.sql, deps, caller, acting, person, { event: 'passcode.refused', detail: { why: bar } })
    throw new Problem(bar === 'deactivated' ? 'conflict' : bar)
  }
  const sent = await deps.sql.begin(async (tx) => {
    await claimSend(tx, deps, acting, person)
    return issue(tx, deps, caller, acting, person, reason)
  })
  return { ...(await awaitMail(deps, acting.companyId, sent.id)), secondHalf: sent.secondHalf }
}

const issue = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  session: ActingSession,
  person: people.LookedAfter,
  reason: string,
) => {
  const now = deps.clock.now()
  const id = randomUUID()
  const expiresAt = after(now, minutes(person.passcodeMinutes))
  const { halves, credential } = newPasscode(deps.keyedHash, person.id)
  await passcodes.replaceAll(db, person.id, now)
  await passcodes.add(db, {
    id,
    personId: person.id,
    companyId: session.companyId,
    name: factorNamed('passcode').about.label,
    credential: deps.seal.close(credential, credentialBinding({ authenticatorId: id, personId: person.id })),
    now,
    expiresAt,
  })
  await queueMail(db, deps, {
    key: `passcode:${id}`,
    to: person.email,
    template: 'passcode',
    params: {
      email: person.email,
      name: person.name,
      sender: session.name,
      company: person.companyName,
      code: person.twoPartPasscodes ? halves[0] : halves.join('-'),
      half: person.twoPartPasscodes,
      expiresAt: expiresAt.toISOString(),
      link: `${deps.origin}/login`,
    },
    personId: person.id,
    companyId: session.companyId,
  })
  await audit(db, deps, caller, session, person, {
    event: 'passcode.sent',
    detail: { reason, expiresAt: expiresAt.toISOString(), twoPart: person.twoPartPasscodes },
  })
  return { id, secondHalf: person.twoPartPasscodes ? halves[1] : null }
}

const audit = (
  db: Db,
  deps: Deps,
  caller: Caller,
  session: ActingSession,
  person: people.LookedAfter,
  what: { event: 'passcode.sent' | 'passcode.refused'; detail: Record<string, string | boolean> },
) =>
  record(db, deps.clock.now(), caller, {
    ...what,
    outcome: what.event === 'passcode.sent' ? 'ok' : 'failed',
    companyIds: what.event === 'passcode.sent' ? person.companyIds : [session.companyId],
    actorId: session.personId,
    subjectId: person.id,
    factor: 'passcode',
    sessionId: session.id,
  })
