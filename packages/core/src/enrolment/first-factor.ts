import { randomUUID } from 'node:crypto'
import type { ChallengeView } from '@countersign/contract'
import { record } from '../audit/record.ts'
import { after, hours } from '../clock.ts'
import type { Db } from '../db/connect.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as sends from '../db/stores/factors/sends.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import * as challenges from '../db/stores/sign-in/challenges.ts'
import * as guesses from '../db/stores/sign-in/guesses.ts'
import * as throttles from '../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../deps.ts'
import { askingFor, type Intent, mailbox, withIntent } from '../factors/mailbox/mailbox.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { deliver } from '../sign-in/challenge/deliver.ts'
import { ownerRef, type Subject } from '../sign-in/challenge/start-challenge.ts'
import { factorContext, stateBinding, viewChallenge } from '../sign-in/context.ts'

type Attempt = Pick<attempts.AttemptRow, 'outcome' | 'emailProvenAt'>

/**
 * Whether a first factor would be accepted on the password alone, and so has to be the number on file or follow a
 * proof of the mailbox: where a company requires one (attack A-30).
 */
export const owesMailbox = (attempt: Attempt | null): boolean =>
  attempt !== null && attempt.outcome === 'must-enrol' && attempt.emailProvenAt === null

/**
 * Whether what is being enrolled in a sign-in may be the first factor: the number on file may, anything may once
 * the mailbox was proven or nobody requires a factor.
 */
export const isProvenOwner = async (
  db: Db,
  challenge: Pick<challenges.OpenChallenge, 'attemptId' | 'personId'>,
  destination: string | null,
  now: Date,
): Promise<boolean> => {
  const attempt = await attempts.findById(db, challenge.attemptId ?? '', now)
  if (!owesMailbox(attempt)) return true
  if (destination === null) return false
  // Of several companies each has to know the number: one must not say for another whose phone it is.
  const memberships = await persons.activeMemberships(db, challenge.personId)
  return memberships.length > 0 && memberships.every((row) => row.mobileNumber === destination)
}

/**
 * Mails a code to the person's address and asks for it before anything else; what they were about to enrol is
 * taken up again afterwards. @throws Problem `too-many-requests`, `cooling-down`
 */
export const askMailbox = async (
  deps: Deps,
  caller: Caller,
  subject: Pick<Subject, 'person' | 'company' | 'owner' | 'companyIds'>,
  intent: Intent | null,
): Promise<ChallengeView> => {
  const { person } = subject
  const now = deps.clock.now()
  const open = await reopen(deps, subject, intent)
  if (open) return open
  const wait = await throttles.hit(deps.sql, `mailbox:${person.id}`, parameters.mails.perHour, hours(1), now)
  if (wait !== null) throw new Problem('too-many-requests', { retryAfter: wait, detail: 'sends' })
  const authenticatorId = randomUUID()
  const context = await factorContext(deps, caller, {
    person,
    company: subject.company,
    factor: mailbox.name,
    authenticatorId,
    owner: ownerRef(subject.owner),
  })
  const what = { channel: 'email' as const, companyIds: subject.companyIds, again: false }
  const state = askingFor(person.email, intent)
  const sent = await deliver(deps, caller, mailbox, context, { ...what, state })
  const row = {
    id: randomUUID(),
    purpose: 'enrol' as const,
    personId: person.id,
    owner: subject.owner,
    authenticatorId,
    factor: mailbox.name,
    tries: 0,
    maxTries: parameters.challenge.tries,
    createdAt: now,
    expiresAt: after(now, mailbox.about.life),
  }
  await deps.sql.begin(async (tx) => {
    const pending = {
      id: authenticatorId,
      personId: person.id,
      factor: mailbox.name,
      name: mailbox.about.label,
    }
    await authenticators.addPending(tx, { ...pending, now })
    await challenges.create(tx, row, row.id, deps.seal.close(sent.state, stateBinding(row)))
  })
  return viewChallenge(deps.sql, deps, row, sent.state)
}

/** The code that is on its way serves whatever the person chose meanwhile; nothing is mailed twice. */
const reopen = async (
  deps: Deps,
  subject: Pick<Subject, 'owner'>,
  intent: Intent | null,
): Promise<ChallengeView | null> => {
  if (!('attemptId' in subject.owner)) return null
  const now = deps.clock.now()
  const row = await challenges.findOpenOf(deps.sql, subject.owner.attemptId, mailbox.name, now)
  if (!row) return null
  const state = withIntent(deps.seal.open(row.state, stateBinding(row)), intent)
  if (!(await challenges.putState(deps.sql, row.id, deps.seal.close(state, stateBinding(row)), now)))
    return null
  return viewChallenge(deps.sql, deps, row, state)
}

/** The mailbox was proven: the attempt notes it, the question is spent and leaves nothing behind. */
export const proveMailbox = (deps: Deps, caller: Caller, challenge: challenges.OpenChallenge) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    if (!(await challenges.consume(tx, challenge.id, now))) throw new Problem('code-used')
    await guesses.giveBack(tx, challenge)
    if (!(await attempts.proveEmail(tx, challenge.attemptId ?? '', now))) throw new Problem('attempt-over')
    await sends.answered(tx, challenge.personId, now)
    await authenticators.remove(tx, challenge.personId, challenge.authenticatorId, now)
    await record(tx, now, caller, {
      event: 'mailbox.proven',
      companyIds: challenge.companyIds,
      actorId: challenge.personId,
      subjectId: challenge.personId,
      attemptId: challenge.attemptId,
    })
  })
