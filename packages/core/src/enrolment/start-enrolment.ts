import { randomUUID } from 'node:crypto'
import type { ChallengeView, FactorName } from '@countersign/contract'
import { after } from '../clock.ts'
import type { Db } from '../db/connect.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import type * as attempts from '../db/stores/sign-in/attempts.ts'
import * as challenges from '../db/stores/sign-in/challenges.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import type { AnyFactor } from '../factors/factor.ts'
import { factorNamed } from '../factors/registry.ts'
import { hashToken } from '../keys/tokens.ts'
import { isFresh } from '../policy/freshness.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { noteNotOpened, ownerRef, type Subject, subjectOf } from '../sign-in/challenge/start-challenge.ts'
import { mayBind } from '../sign-in/company-factor.ts'
import { type Bearer, factorContext, stateBinding, viewChallenge } from '../sign-in/context.ts'
import { askMailbox, owesMailbox } from './first-factor.ts'

/**
 * Begins to bind a new authenticator: a pending one and a challenge to it. It protects nothing until a response
 * to it was accepted.
 * @throws Problem `step-up-required` when the account has a factor that was not just proven, `wrong-step` while a
 * sign-in still owes a proof, `too-many`
 */
export const startEnrolment = async (
  deps: Deps,
  caller: Caller,
  bearer: Bearer,
  name: FactorName,
): Promise<ChallengeView> => {
  const subject = await subjectOf(deps, bearer)
  const held = await authenticators.listHeld(deps.sql, subject.person.id)
  const factor = factorNamed(name)
  if (factor.about.role === 'company') return startBinding(deps, caller, subject, held, name)
  if (factor.about.role !== 'second-factor' && factor.about.role !== 'recovery')
    throw new Problem('not-allowed')
  const session = subject.attempt
    ? null
    : await sessions.findLive(deps.sql, hashToken(bearer.token), deps.clock.now())
  mayEnrol({ attempt: subject.attempt, session, held, factor, now: deps.clock.now() })
  // In a recovery the old ones go when the new one is proven, so they take no place.
  const staying = subject.attempt?.outcome === 'recover' ? [] : held
  const ofKind = staying.filter((row) => row.factor === name).length
  if (
    factor.about.role === 'second-factor' &&
    (ofKind >= factor.about.perPerson || staying.length >= parameters.authenticators.perPerson)
  )
    throw new Problem('too-many')
  // A phone goes on to its number, which may be the one on file; anything else waits for the mailbox.
  if (owesMailbox(subject.attempt) && !factor.delivery)
    return askMailbox(deps, caller, subject, { factor: name, response: null })
  return openEnrolment(deps.sql, deps, caller, subject, name)
}

/**
 * A stolen password must not enrol its own factor beside, or instead of, the owner's (attacks ); asked
 * when an enrolment begins, and again when it takes effect. Recovery codes follow a factor, never stand alone.
 * @throws Problem `wrong-step`, `step-up-required`, `needs-own-factor`
 */
export const mayEnrol = (facts: {
  attempt: attempts.AttemptRow | null
  session: Pick<sessions.LiveSession, 'aal' | 'factorAt'> | null
  held: { factor: FactorName }[]
  factor: AnyFactor
  now: Date
}): void => {
  const { attempt, session, held, factor, now } = facts
  const hasFactor = held.some((row) => factorNamed(row.factor).about.role !== 'recovery')
  const isRecovery = factor.about.role === 'recovery'
  if (attempt?.outcome === 'recover') {
    if (!attempt.passwordChosen || attempt.factorAt || isRecovery) throw new Problem('wrong-step')
    return
  }
  if (attempt) {
    const enrols = attempt.outcome === 'remind' || attempt.outcome === 'must-enrol'
    if (!enrols || hasFactor || attempt.factorAt || isRecovery) throw new Problem('wrong-step')
    return
  }
  if (!hasFactor && isRecovery) throw new Problem('needs-own-factor')
  if (hasFactor && !(session && isFresh(session, now))) throw new Problem('step-up-required')
}

/** The company's own factor, at its place in the sign-in. @throws Problem `wrong-step` */
const startBinding = async (
  deps: Deps,
  caller: Caller,
  subject: Subject,
  held: authenticators.AuthenticatorRow[],
  name: FactorName,
): Promise<ChallengeView> => {
  await mayBind(deps.sql, subject.attempt, held, deps.clock.now())
  try {
    return await openEnrolment(deps.sql, deps, caller, subject, name)
  } catch (error) {
    if (error instanceof Problem) await noteNotOpened(deps, caller, subject, name, error)
    throw error
  }
}

/**
 * The pending authenticator with its challenge. A factor may ask the world here, so this is in a transaction only
 * where the caller knows that it does not.
 */
export const openEnrolment = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  subject: Pick<Subject, 'person' | 'company' | 'owner'>,
  name: FactorName,
  purpose: 'enrol' | 'phone-change' = 'enrol',
): Promise<ChallengeView> => {
  const factor = factorNamed(name)
  const authenticatorId = randomUUID()
  const context = await factorContext(deps, caller, {
    person: subject.person,
    company: subject.company,
    factor: name,
    authenticatorId,
    owner: ownerRef(subject.owner),
  })
  const opened = await factor.enrol(context)
  if (!opened.ok) throw new Problem(opened.problem, opened.extra ?? {})
  const personId = subject.person.id
  await authenticators.addPending(db, {
    id: authenticatorId,
    personId,
    factor: name,
    name: factor.about.label,
    companyId: factor.about.role === 'company' ? (subject.company?.id ?? null) : null,
    now: context.now,
  })
  const row = {
    id: randomUUID(),
    purpose,
    personId,
    owner: subject.owner,
    authenticatorId,
    factor: name,
    tries: 0,
    maxTries: factor.about.tries ?? parameters.challenge.tries,
    createdAt: context.now,
    expiresAt: after(context.now, factor.about.life),
  }
  await challenges.create(db, row, row.id, deps.seal.close(opened.state, stateBinding(row)))
  return viewChallenge(db, deps, row, opened.state)
}
