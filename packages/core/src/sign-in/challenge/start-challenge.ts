import { randomUUID } from 'node:crypto'
import type { ChallengeView, FactorName } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import { after } from '../../clock.ts'
import * as authenticators from '../../db/stores/factors/authenticators.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import * as challenges from '../../db/stores/sign-in/challenges.ts'
import * as sessions from '../../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../../deps.ts'
import type { AnyFactor, FactorContext, SendChannel } from '../../factors/factor.ts'
import { factorNamed } from '../../factors/registry.ts'
import { hashToken } from '../../keys/tokens.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { requireUsablePasscode } from '../../recovery/passcode/require-usable.ts'
import { mayAsk } from '../company-factor.ts'
import { type Bearer, credentialBinding, factorContext, stateBinding, viewChallenge } from '../context.ts'
import { deliver } from './deliver.ts'

/** Whoever bears the cookie, as challenges need them. */
export type Subject = {
  person: { id: string; name: string; email: string }
  company: { id: string; name: string } | null
  companyIds: string[]
  owner: { attemptId: string } | { sessionId: string }
  attempt: attempts.AttemptRow | null
}

/** The owner as factors are told of it. */
export const ownerRef = (owner: Subject['owner']): FactorContext['owner'] =>
  'attemptId' in owner ? { kind: 'attempt', id: owner.attemptId } : { kind: 'session', id: owner.sessionId }

/** @throws Problem `attempt-over`, `not-signed-in` */
export const subjectOf = async (deps: Deps, bearer: Bearer): Promise<Subject> => {
  const hash = hashToken(bearer.token)
  const now = deps.clock.now()
  if (bearer.kind === 'attempt') {
    const attempt = await attempts.findOpen(deps.sql, hash, now)
    if (!attempt) throw new Problem('attempt-over')
    return {
      person: { id: attempt.personId, name: attempt.personName, email: attempt.personEmail },
      company:
        attempt.companyId && attempt.companyName
          ? { id: attempt.companyId, name: attempt.companyName }
          : null,
      companyIds: attempt.companyIds,
      owner: { attemptId: attempt.id },
      attempt,
    }
  }
  const session = await sessions.findLive(deps.sql, hash, now)
  if (!session) throw new Problem('not-signed-in')
  return {
    person: { id: session.personId, name: session.name, email: session.email },
    company:
      session.companyId && session.companyName ? { id: session.companyId, name: session.companyName } : null,
    companyIds: sessions.chainsOf(session),
    owner: { sessionId: session.id },
    attempt: null,
  }
}

/**
 * Asks one of the person's own authenticators: to finish a sign-in, or to step a session up.
 * A code that is sent goes out now; within its cool-down the one sent before still serves.
 * @throws Problem `not-found`, `authenticator-locked`, `wrong-step`, and those of sending
 */
export const startChallenge = async (
  deps: Deps,
  caller: Caller,
  bearer: Bearer,
  authenticatorId: string,
): Promise<ChallengeView> => {
  const subject = await subjectOf(deps, bearer)
  const held = await authenticators.findHeld(deps.sql, subject.person.id, authenticatorId, deps.clock.now())
  if (!held) throw new Problem('not-found')
  if (held.lockedAt) throw new Problem('authenticator-locked')
  if (subject.attempt?.outcome === 'recover') throw new Problem('wrong-step')
  if (subject.attempt) {
    const all = await authenticators.listHeld(deps.sql, subject.person.id)
    await mayAsk(deps.sql, subject.attempt, held, all, deps.clock.now())
  }
  const factor = factorNamed(held.factor)
  if (!subject.attempt && factor.about.role !== 'second-factor' && factor.about.role !== 'company')
    throw new Problem('not-allowed')
  if (factor.about.role === 'lent') await requireUsablePasscode(deps, subject.person.id, authenticatorId)
  const context = await factorContext(deps, caller, {
    person: subject.person,
    company: subject.company,
    factor: held.factor,
    authenticatorId,
    owner: ownerRef(subject.owner),
  })
  const credential = deps.seal.open(
    held.credential,
    credentialBinding({ authenticatorId, personId: subject.person.id }),
  )
  const opened = await factor.challenge(context, credential)
  if (!opened.ok) {
    const problem = new Problem(opened.problem, opened.extra ?? {})
    await noteNotOpened(deps, caller, subject, held.factor, problem)
    throw problem
  }
  const state = opened.send
    ? await sendOrAssume(deps, caller, subject, factor, context, opened.state, opened.send)
    : opened.state
  const row = {
    id: randomUUID(),
    purpose: subject.attempt ? ('sign-in' as const) : ('step-up' as const),
    personId: subject.person.id,
    owner: subject.owner,
    authenticatorId,
    factor: held.factor,
    tries: 0,
    maxTries: factor.about.tries ?? parameters.challenge.tries,
    createdAt: context.now,
    expiresAt: after(context.now, factor.about.life),
  }
  await challenges.create(deps.sql, row, row.id, deps.seal.close(state, stateBinding(row)))
  return viewChallenge(deps.sql, deps, row, state)
}

/** What could not even be asked is on record, so that an outage can be told from an attack. */
export const noteNotOpened = (
  deps: Deps,
  caller: Caller,
  subject: Subject,
  factor: FactorName,
  problem: Problem,
) =>
  record(deps.sql, deps.clock.now(), caller, {
    event: subject.attempt ? 'sign-in.factor' : 'step-up',
    outcome: 'failed',
    companyIds: subject.companyIds,
    actorId: subject.person.id,
    subjectId: subject.person.id,
    factor,
    ...subject.owner,
    detail: { problem: problem.code, ...(problem.extra.detail && { why: problem.extra.detail }) },
  })

/** A reload or a second tab asks again within the cool-down: the code that went out before still serves. */
const sendOrAssume = async (
  deps: Deps,
  caller: Caller,
  subject: Subject,
  factor: AnyFactor,
  context: FactorContext,
  state: unknown,
  channel: SendChannel,
): Promise<unknown> => {
  try {
    const what = { state, channel, companyIds: subject.companyIds, again: false }
    return (await deliver(deps, caller, factor, context, what)).state
  } catch (error) {
    if (error instanceof Problem && error.code === 'cooling-down')
      return factor.delivery?.sent(state, channel, true)
    throw error
  }
}
