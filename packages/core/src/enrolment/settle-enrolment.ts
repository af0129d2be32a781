import type { Amr, ChallengeView } from '@countersign/contract'
import { record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import type { OpenChallenge } from '../db/stores/sign-in/challenges.ts'
import * as challenges from '../db/stores/sign-in/challenges.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { factorNamed } from '../factors/registry.ts'
import { hashToken, newToken } from '../keys/tokens.ts'
import { notify } from '../mail/notify.ts'
import { Problem } from '../problem.ts'
import { finishRecovery } from '../recovery/finish-recovery.ts'
import { mayBind } from '../sign-in/company-factor.ts'
import { credentialBinding, stateBinding } from '../sign-in/context.ts'
import { openSession } from '../sign-in/finish/finish.ts'
import { type Accepted, type Verified, whose } from '../sign-in/verified.ts'
import { isProvenOwner } from './first-factor.ts'
import { replaceOwn } from './replace-own.ts'
import { mayEnrol, openEnrolment } from './start-enrolment.ts'

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
    await persons.lock(tx, challenge.personId)
    const held = await authenticators.listHeld(tx, challenge.personId)
    await stillMay(tx, challenge, held, now)
    await requireOwner(tx, deps, challenge)
    await bind(tx, deps, caller, challenge, verdict, name, held)
    const factor = factorNamed(challenge.factor)
    if (factor.about.role === 'recovery') return finishWithCodes(tx, deps, caller, challenge)
    if (factor.about.role === 'company') await replaceOwn(tx, deps, caller, challenge, held)
    const recovered = await finishRecovery(tx, deps, caller, challenge, held)
    const amr = verdict.amr ?? factor.about.amr
    const token = await raiseOwner(tx, challenge, amr, now)
    await persons.endReminders(tx, challenge.personId)
    const hasCodes = !recovered && held.some((row) => factorNamed(row.factor).about.role === 'recovery')
    const next =
      hasCodes || factor.about.role === 'company' ? null : await offerCodes(tx, deps, caller, challenge)
    if (challenge.attemptId && !next) return finishAttempt(tx, deps, caller, challenge)
    return { result: { outcome: 'enrolled', authenticatorId: challenge.authenticatorId, next }, token }
  })

/**
 * Somebody else with the same password may have enrolled since this enrolment began; then it needs what the rules
 * ask of an account with a factor. The codes that follow a factor in its own sign-in are part of it.
 */
const stillMay = async (
  db: Db,
  challenge: OpenChallenge,
  held: authenticators.AuthenticatorRow[],
  now: Date,
) => {
  const factor = factorNamed(challenge.factor)
  if (challenge.attemptId) {
    const attempt = await attempts.findById(db, challenge.attemptId, now)
    if (!attempt) throw new Problem('attempt-over')
    if (factor.about.role === 'recovery' && attempt.factorAt) return
    if (factor.about.role === 'company') return mayBind(db, attempt, held, now)
    return mayEnrol({ attempt, session: null, held, factor, now })
  }
  const session = await sessions.findById(db, challenge.sessionId ?? '')
  mayEnrol({ attempt: null, session, held, factor, now })
}

/** Whatever way led here, a first factor of a stranger is not bound. @throws Problem `wrong-step` */
const requireOwner = async (db: Db, deps: Deps, challenge: OpenChallenge) => {
  const factor = factorNamed(challenge.factor)
  if (!challenge.attemptId || factor.about.role === 'recovery') return
  const state = deps.seal.open(challenge.state, stateBinding(challenge))
  const destination = factor.delivery?.destination(state) ?? null
  if (!(await isProvenOwner(db, challenge, destination, deps.clock.now()))) throw new Problem('wrong-step')
}

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
  // The authenticator before its challenge, as whoever claims a guess locks them.
  const confirmed = await authenticators.confirm(db, challenge.authenticatorId, sealed, called, now)
  if (!confirmed || !(await challenges.consume(db, challenge.id, now))) throw new Problem('code-used')
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

/**
 * Enrolling proved the new factor: the attempt notes it, a session rises under a new token. Other sign-ins under
 * way began when the account had no such factor, and are void.
 */
const raiseOwner = async (
  db: Db,
  challenge: OpenChallenge,
  amr: Amr[],
  now: Date,
): Promise<string | null> => {
  await attempts.endAll(db, challenge.personId, now, challenge.attemptId)
  if (challenge.attemptId) {
    if (!(await attempts.addProof(db, challenge.attemptId, amr, now))) throw new Problem('attempt-over')
    return null
  }
  const token = newToken()
  const to = { tokenHash: hashToken(token), amr, authenticatorId: challenge.authenticatorId, now }
  if (!(await sessions.raise(db, challenge.sessionId ?? '', to))) throw new Problem('not-signed-in')
  return token
}

const offerCodes = (db: Db, deps: Deps, caller: Caller, challenge: OpenChallenge): Promise<ChallengeView> =>
  openEnrolment(
    db,
    deps,
    caller,
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
    ? finishAttempt(db, deps, caller, challenge)
    : { result: { outcome: 'enrolled', authenticatorId: challenge.authenticatorId, next: null }, token: null }

const finishAttempt = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
): Promise<Verified> => {
  const attempt = await attempts.findById(db, challenge.attemptId ?? '', deps.clock.now())
  if (!attempt?.factorAt) throw new Problem('attempt-over')
  // The session rests on the factor, not on the codes that were saved after it.
  const restsOn = await challenges.enrolledIn(db, attempt.id)
  const token = await openSession(db, deps, caller, attempt, restsOn ?? challenge.authenticatorId)
  return { result: { outcome: 'signed-in' }, token, finishedBy: attempt.personEmail }
}
