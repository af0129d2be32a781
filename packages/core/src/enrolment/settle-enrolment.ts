import type { Amr, ChallengeView } from '@countersign/contract'
import { record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import * as attempts from '../db/stores/attempts.ts'
import * as authenticators from '../db/stores/authenticators.ts'
import type { OpenChallenge } from '../db/stores/challenges.ts'
import * as challenges from '../db/stores/challenges.ts'
import * as sessions from '../db/stores/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { factorNamed } from '../factors/registry.ts'
import { hashToken, newToken } from '../keys/tokens.ts'
import { notify } from '../mail/notify.ts'
import { Problem } from '../problem.ts'
import { credentialBinding } from '../sign-in/context.ts'
import { openSession } from '../sign-in/finish.ts'
import { type Accepted, type Verified, whose } from '../sign-in/verified.ts'
import { openEnrolment } from './start-enrolment.ts'

/**
 * A pending authenticator was proven: it becomes usable, the person is told, and the first one of an account is
 * followed by recovery codes. In a sign-in the session begins when the codes are saved.
 */
export const settleEnrolment = (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  verdict: Accepted,
  name: string | undefined,
): Promise<Verified> =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const held = await authenticators.listHeld(tx, challenge.personId)
    await bind(tx, deps, caller, challenge, verdict, name, held)
    const factor = factorNamed(challenge.factor)
    if (factor.about.role === 'recovery') return finishWithCodes(tx, deps, caller, challenge)
    const amr = verdict.amr ?? factor.about.amr
    const token = await raiseOwner(tx, challenge, amr, now)
    const hasCodes = held.some((row) => factorNamed(row.factor).about.role === 'recovery')
    const next = hasCodes ? null : await offerCodes(tx, deps, challenge)
    if (challenge.attemptId && !next)
      return { result: { outcome: 'signed-in' }, token: await finishAttempt(tx, deps, caller, challenge) }
    return { result: { outcome: 'enrolled', authenticatorId: challenge.authenticatorId, next }, token }
  })

const bind = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  verdict: Accepted,
  name: string | undefined,
  held: authenticators.AuthenticatorRow[],
) => {
  const now = deps.clock.now()
  const { about } = factorNamed(challenge.factor)
  const called = name?.trim() || verdict.name || about.label
  const sealed = deps.seal.close(verdict.credential, credentialBinding(challenge))
  if (!(await challenges.consume(db, challenge.id, now))) throw new Problem('code-used')
  await challenges.giveBack(db, challenge)
  if (!(await authenticators.confirm(db, challenge.authenticatorId, sealed, called, now)))
    throw new Problem('challenge-over')
  if (about.role === 'recovery')
    for (const old of held.filter((row) => row.factor === challenge.factor))
      await authenticators.remove(db, challenge.personId, old.id, now)
  const person = { id: challenge.personId, name: challenge.personName, email: challenge.personEmail }
  const first = !held.some((row) => factorNamed(row.factor).about.role !== 'recovery')
  if (about.role === 'recovery')
    await notify(db, deps, caller, person, { template: 'recovery-codes-made', key: challenge.id, extra: {} })
  else
    await notify(db, deps, caller, person, {
      template: 'factor-added',
      key: challenge.id,
      extra: { label: about.label, first },
    })
  await record(db, now, caller, {
    event: about.role === 'recovery' ? 'recovery-codes.made' : 'authenticator.added',
    ...whose(challenge),
    detail: { name: called, first },
  })
}

/** Enrolling proved the new factor: the attempt notes it, a session rises under a new token. */
const raiseOwner = async (
  db: Db,
  challenge: OpenChallenge,
  amr: Amr[],
  now: Date,
): Promise<string | null> => {
  if (challenge.attemptId) {
    if (!(await attempts.addProof(db, challenge.attemptId, amr, now))) throw new Problem('attempt-over')
    return null
  }
  const token = newToken()
  const to = { tokenHash: hashToken(token), amr, authenticatorId: challenge.authenticatorId, now }
  if (!(await sessions.raise(db, challenge.sessionId ?? '', to))) throw new Problem('not-signed-in')
  return token
}

const offerCodes = (db: Db, deps: Deps, challenge: OpenChallenge): Promise<ChallengeView> =>
  openEnrolment(
    db,
    deps,
    {
      person: { id: challenge.personId, name: challenge.personName, email: challenge.personEmail },
      company: null,
      owner: challenge.attemptId
        ? { attemptId: challenge.attemptId }
        : { sessionId: challenge.sessionId ?? '' },
    },
    'recovery-codes',
  )

const finishWithCodes = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
): Promise<Verified> =>
  challenge.attemptId
    ? { result: { outcome: 'signed-in' }, token: await finishAttempt(db, deps, caller, challenge) }
    : { result: { outcome: 'enrolled', authenticatorId: challenge.authenticatorId, next: null }, token: null }

const finishAttempt = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
): Promise<string> => {
  const attempt = await attempts.findById(db, challenge.attemptId ?? '', deps.clock.now())
  if (!attempt?.factorAt) throw new Problem('attempt-over')
  return openSession(db, deps, caller, attempt, challenge.authenticatorId)
}
