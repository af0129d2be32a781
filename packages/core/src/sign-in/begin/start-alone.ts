import { randomUUID } from 'node:crypto'
import type { FactorName, PromptResponse, SignInResult, UseSecurityKeyPrompt } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import { after } from '../../clock.ts'
import * as authenticators from '../../db/stores/factors/authenticators.ts'
import * as persons from '../../db/stores/people/persons.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import * as challenges from '../../db/stores/sign-in/challenges.ts'
import * as throttles from '../../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../../deps.ts'
import type { Verdict } from '../../factors/factor.ts'
import { factorNamed, factors } from '../../factors/registry.ts'
import { hashToken, newToken } from '../../keys/tokens.ts'
import { decide } from '../../policy/decide.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { addressBucket } from '../buckets.ts'
import { verifyChallenge } from '../challenge/verify-challenge.ts'
import { credentialBinding, factorContext, stateBinding } from '../context.ts'
import { gatherFacts } from '../facts.ts'
import { viewSignIn } from '../view-sign-in.ts'

/** The question, sealed into a cookie: nobody is known yet, so there is no row it could stand in. */
type Question = { factor: FactorName; state: unknown; id: string; expiresAt: string }

type AnsweredAlone = {
  result: SignInResult
  /** For the cookie: of the session once it is done, else of the attempt. */
  token: string
  /** Where the browser is trusted from now on. */
  trust: string | null
  email: string
}

const binding = 'sign-in alone'

/**
 * Asks for a factor that is two in one, before anybody is known.
 * @returns what to show, and the sealed question for the browser's cookie
 */
export const askAlone = async (
  deps: Deps,
): Promise<{ prompt: UseSecurityKeyPrompt; question: string; life: number }> => {
  const now = deps.clock.now()
  const factor = factors.find((one) => one.alone)
  if (!factor?.alone) throw new Problem('not-found')
  const state = await factor.alone.open({ origin: deps.origin })
  const expiresAt = after(now, factor.about.life)
  const expiresIn = factor.about.life / 1000
  const context = { now, origin: deps.origin, triesLeft: 1, expiresIn, sendableIn: () => 0 }
  const prompt = factor.prompt(context, state)
  if (prompt.kind !== 'use-security-key') throw new Error(`${factor.name} cannot be asked alone`)
  const question: Question = {
    factor: factor.name,
    state,
    id: randomUUID(),
    expiresAt: expiresAt.toISOString(),
  }
  return { prompt, question: deps.seal.close(question, binding), life: factor.about.life }
}

/**
 * A response that is the whole sign-in. Whose it is, and that it holds, is looked at before anything is written;
 * then it goes the way of every second factor: `decide` opens the attempt, and the challenge is claimed, checked
 * and settled. The question works once. @returns as after a password, with the token for the cookie
 * @throws Problem `passkey-refused` (unknown, foreign, altered and used alike), `challenge-over`, `too-many-tries`
 */
export const answerAlone = async (
  deps: Deps,
  caller: Caller,
  sealed: string | null,
  response: PromptResponse,
): Promise<AnsweredAlone> => {
  const question = await spendQuestion(deps, caller, sealed)
  const asked = await findAsked(deps, caller, question, response)
  if (!asked) {
    const detail = { reason: 'passkey' }
    await record(deps.sql, deps.clock.now(), caller, {
      event: 'sign-in.factor',
      outcome: 'failed',
      companyIds: [],
      detail,
    })
    throw new Problem('passkey-refused')
  }
  const { person, row } = asked
  const { token, id } = await openAttempt(deps, caller, question, row)
  const bearer = { kind: 'attempt' as const, token }
  const verified = await verifyChallenge(deps, caller, bearer, id, response)
  const { email } = person
  if (verified.result.outcome === 'signed-in')
    return { result: { done: true }, token: verified.token ?? '', trust: verified.trust ?? null, email }
  // Where a company asks for more, the attempt goes on under a new token.
  const next = verified.token ?? token
  return { result: { done: false, signIn: await viewSignIn(deps, next) }, token: next, trust: null, email }
}

const spendQuestion = async (deps: Deps, caller: Caller, sealed: string | null): Promise<Question> => {
  const now = deps.clock.now()
  const { perWindow, window } = parameters.addressTries
  const wait = await throttles.hit(deps.sql, `alone:${addressBucket(caller.address)}`, perWindow, window, now)
  if (wait !== null) throw new Problem('too-many-tries', { retryAfter: wait })
  const question = openQuestion(deps, sealed)
  if (!question || new Date(question.expiresAt) <= now) throw new Problem('challenge-over')
  const life = new Date(question.expiresAt).getTime() - now.getTime() + parameters.attempt.life
  if ((await throttles.hit(deps.sql, `alone:${question.id}`, 1, life, now)) !== null)
    throw new Problem('challenge-over')
  return question
}

const openQuestion = (deps: Deps, sealed: string | null): Question | null => {
  try {
    return sealed === null ? null : (deps.seal.open(sealed, binding) as Question)
  } catch {
    return null
  }
}

/** Whose response it is, if it holds. One that shows a copied key goes on too, so that the key is locked. */
const findAsked = async (deps: Deps, caller: Caller, question: Question, response: PromptResponse) => {
  const factor = factorNamed(question.factor)
  const personId = factor.alone?.claimant(response)
  const person = personId ? await persons.find(deps.sql, personId) : null
  if (!person) return null
  for (const row of await authenticators.listHeld(deps.sql, person.id)) {
    if (row.factor !== question.factor || row.lockedAt) continue
    const credential = deps.seal.open(
      row.credential,
      credentialBinding({ authenticatorId: row.id, personId: person.id }),
    )
    if (!factor.alone?.isFrom(credential, response)) continue
    const context = await factorContext(deps, caller, {
      person,
      company: null,
      factor: row.factor,
      authenticatorId: row.id,
      owner: { kind: 'attempt', id: question.id },
    })
    const verdict = await factor.verify(context, { credential, state: question.state }, response)
    return goesOn(verdict) ? { person, row } : null
  }
  return null
}

const goesOn = ({ kind }: Verdict<unknown, unknown>) => kind === 'accepted' || kind === 'compromised'

/** The attempt as after a right password, but with nothing proven yet, and the question as a challenge of it. */
const openAttempt = async (
  deps: Deps,
  caller: Caller,
  question: Question,
  row: authenticators.AuthenticatorRow,
): Promise<{ token: string; id: string }> => {
  const now = deps.clock.now()
  const facts = await gatherFacts(deps.sql, row.personId, now)
  const { outcome, reason } = decide(facts.input)
  if (outcome === 'refuse') throw new Problem('passkey-refused')
  const token = newToken()
  const { companyIds, companyId } = facts
  const { life } = parameters.attempt
  const id = randomUUID()
  await deps.sql.begin(async (tx) => {
    const attempt = {
      tokenHash: hashToken(token),
      personId: row.personId,
      passwordHash: null,
      companyIds,
      companyId,
      outcome,
      reason,
      amr: [],
      life,
    }
    const attemptId = await attempts.open(tx, attempt, now, caller)
    if (attemptId === null) throw new Problem('attempt-over')
    const challenge = {
      purpose: 'sign-in' as const,
      personId: row.personId,
      owner: { attemptId },
      authenticatorId: row.id,
      factor: row.factor,
      maxTries: parameters.challenge.tries,
      createdAt: now,
      expiresAt: new Date(question.expiresAt),
    }
    const sealed = deps.seal.close(question.state, stateBinding({ id, personId: row.personId }))
    await challenges.create(tx, challenge, id, sealed)
  })
  return { token, id }
}
