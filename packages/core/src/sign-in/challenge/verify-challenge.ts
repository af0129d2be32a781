import type { PromptResponse, VerifyResult } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import * as authenticators from '../../db/stores/factors/authenticators.ts'
import type { OpenChallenge } from '../../db/stores/sign-in/challenges.ts'
import * as challenges from '../../db/stores/sign-in/challenges.ts'
import type { ClaimedChallenge } from '../../db/stores/sign-in/guesses.ts'
import * as guesses from '../../db/stores/sign-in/guesses.ts'
import type { Caller, Deps } from '../../deps.ts'
import { askMailbox, isProvenOwner, proveMailbox } from '../../enrolment/first-factor.ts'
import { startEnrolment } from '../../enrolment/start-enrolment.ts'
import type { Verdict, WrongProblem } from '../../factors/factor.ts'
import type { Intent } from '../../factors/mailbox/mailbox.ts'
import { factorNamed } from '../../factors/registry.ts'
import { notify } from '../../mail/notify.ts'
import { Problem } from '../../problem.ts'
import { tellAdminsOfLock } from '../../recovery/tell-admins.ts'
import {
  type Bearer,
  contextOf,
  credentialBinding,
  ownerOf,
  stateBinding,
  viewChallenge,
} from '../context.ts'
import { afterMailbox } from '../finish/after-mailbox.ts'
import { letThrough } from '../finish/let-through.ts'
import { settle } from '../finish/settle.ts'
import { type Accepted, type Verified, whose } from '../verified.ts'
import { deliver } from './deliver.ts'
import { lockCompromised } from './lock-compromised.ts'
import { lookupBudget } from './lookup-budget.ts'
import { subjectOf } from './start-challenge.ts'
import { whyNot } from './why-not.ts'

/**
 * One response to one challenge: claim → check → settle. The guess is counted before it is checked and given back
 * when it was none; a right answer takes effect whole and once.
 * @throws Problem `challenge-over` (unknown, foreign, spent and late alike), `wrong-code`, `code-used`,
 * `code-expired`, `too-many-tries`, `authenticator-locked`, and what the factor finds unusable
 */
export const verifyChallenge = async (
  deps: Deps,
  caller: Caller,
  bearer: Bearer,
  id: string,
  response: PromptResponse,
): Promise<Verified> => {
  const challenge = await guesses.claim(deps.sql, ownerOf(bearer), id, deps.clock.now(), caller.address)
  if (!challenge) throw await whyNot(deps, bearer, id)
  const state = deps.seal.open(challenge.state, stateBinding(challenge))
  const credential = challenge.credential
    ? deps.seal.open(challenge.credential, credentialBinding(challenge))
    : null
  const verdict = await check(deps, caller, challenge, credential, state, response)
  switch (verdict.kind) {
    case 'accepted':
      if (factorNamed(challenge.factor).about.role === 'address')
        return takeUp(deps, caller, bearer, challenge, verdict.credential as Intent | null)
      return take(deps, caller, challenge, verdict, response.name)
    case 'waived': {
      const verified = await letThrough(deps, caller, challenge, verdict)
      if (verified) return verified
      throw await fail(deps, caller, challenge, verdict.problem, verdict.detail)
    }
    case 'next':
      await guesses.giveBack(deps.sql, challenge)
      return {
        result:
          (await mailboxFirst(deps, caller, bearer, challenge, verdict.state, response)) ??
          (await goOn(deps, caller, challenge, verdict)),
        token: null,
      }
    case 'waiting': {
      await guesses.giveBack(deps.sql, challenge)
      const view = await viewChallenge(deps.sql, deps, { ...challenge, tries: challenge.tries - 1 }, state)
      return { result: { outcome: 'waiting', challenge: view }, token: null }
    }
    case 'unusable':
      await guesses.giveBack(deps.sql, challenge)
      throw new Problem(verdict.problem, verdict.extra ?? {})
    case 'unavailable':
      await guesses.giveBack(deps.sql, challenge)
      await audit(deps.sql, deps, caller, challenge, { problem: verdict.problem, ...verdict.detail })
      throw new Problem(verdict.problem)
    case 'wrong':
      throw await fail(deps, caller, challenge, verdict.problem, verdict.detail)
    case 'compromised':
      throw await lockCompromised(deps, caller, challenge, verdict.problem)
  }
}

/** Of several right answers at once one takes effect; the others were guesses, and count as such. */
const take = async (
  deps: Deps,
  caller: Caller,
  challenge: ClaimedChallenge,
  verdict: Accepted,
  name: string | undefined,
): Promise<Verified> => {
  try {
    const verified = await settle(deps, caller, challenge, verdict, name)
    if (verdict.detail) await audit(deps.sql, deps, caller, challenge, verdict.detail, 'ok')
    // Proving a new factor guesses nothing; a sign-in takes its own guess back as it settles.
    if (challenge.purpose === 'enrol') await guesses.giveBack(deps.sql, challenge)
    return verified
  } catch (error) {
    if (error instanceof Problem && error.code === 'code-used')
      throw await fail(deps, caller, challenge, 'code-used')
    throw error
  }
}

/** Outside any transaction: a factor may talk to the world. A fault of ours costs the person no try. */
const check = async (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  credential: unknown,
  state: unknown,
  response: PromptResponse,
): Promise<Verdict<unknown, unknown>> => {
  try {
    const wait = await lookupBudget(deps, challenge.personId, response)
    if (wait !== null)
      return {
        kind: 'unusable',
        problem: 'too-many-requests',
        extra: { retryAfter: wait, detail: 'lookups' },
      }
    return await factorNamed(challenge.factor).verify(
      await contextOf(deps, caller, challenge),
      { credential, state },
      response,
    )
  } catch (error) {
    await guesses.giveBack(deps.sql, challenge)
    throw error
  }
}

/** The mailbox was proven: what the person was about to enrol is taken up again, with the answer they gave. */
const takeUp = async (
  deps: Deps,
  caller: Caller,
  bearer: Bearer,
  challenge: OpenChallenge,
  intent: Intent | null,
): Promise<Verified> => {
  await proveMailbox(deps, caller, challenge)
  if (!intent) return afterMailbox(deps, caller, bearer, challenge)
  const opened = await startEnrolment(deps, caller, bearer, intent.factor)
  if (!intent.response) return { result: { outcome: 'next', challenge: opened }, token: null }
  return verifyChallenge(deps, caller, bearer, opened.id, intent.response)
}

/** A first factor that is sent to a number nobody has on file waits for the mailbox; no code goes there before. */
const mailboxFirst = async (
  deps: Deps,
  caller: Caller,
  bearer: Bearer,
  challenge: OpenChallenge,
  state: unknown,
  response: PromptResponse,
): Promise<VerifyResult | null> => {
  if (challenge.purpose !== 'enrol' || !challenge.attemptId) return null
  const destination = factorNamed(challenge.factor).delivery?.destination(state) ?? null
  if (await isProvenOwner(deps.sql, challenge, destination, deps.clock.now())) return null
  const subject = await subjectOf(deps, bearer)
  const intent = { factor: challenge.factor, response }
  return { outcome: 'next', challenge: await askMailbox(deps, caller, subject, intent) }
}

/** The next step of the same challenge; a code that is due is sent first. */
const goOn = async (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  verdict: Extract<Verdict<unknown, unknown>, { kind: 'next' }>,
): Promise<VerifyResult> => {
  const factor = factorNamed(challenge.factor)
  const put = async (state: unknown) => {
    const sealed = deps.seal.close(state, stateBinding(challenge))
    if (!(await challenges.putState(deps.sql, challenge.id, sealed, deps.clock.now())))
      throw new Problem('challenge-over')
  }
  await put(verdict.state)
  let { state } = verdict
  if (verdict.send) {
    const what = { state, channel: verdict.send, companyIds: challenge.companyIds, again: false }
    state = (await deliver(deps, caller, factor, await contextOf(deps, caller, challenge), what)).state
    await put(state)
  }
  const view = await viewChallenge(deps.sql, deps, { ...challenge, tries: challenge.tries - 1 }, state)
  return { outcome: 'next', challenge: view }
}

/** A wrong guess, on record for good: in the audit, and against the authenticator's lifetime cap. */
const fail = async (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  problem: WrongProblem,
  detail: Record<string, string> = {},
): Promise<Problem> => {
  const locked = await deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const lockedNow = await authenticators.lockWhenSpent(tx, challenge.authenticatorId, now)
    await tell(tx, deps, caller, challenge, lockedNow)
    await audit(tx, deps, caller, challenge, { problem, ...detail, ...(lockedNow ? { locked: true } : {}) })
    return lockedNow
  })
  if (locked) return new Problem('authenticator-locked')
  return new Problem(problem, { triesLeft: Math.max(0, challenge.maxTries - challenge.tries) })
}

/** The owner hears of a locked factor, and of three wrong codes after their right password (ASVS 6.3.5). */
const tell = async (db: Db, deps: Deps, caller: Caller, challenge: OpenChallenge, locked: boolean) => {
  const person = { id: challenge.personId, name: challenge.personName, email: challenge.personEmail }
  const label = factorNamed(challenge.factor).about.label
  if (locked) {
    const key = `${challenge.authenticatorId}:${challenge.version}`
    await notify(db, deps, caller, person, { template: 'factor-locked', key, extra: { label } })
    await tellAdminsOfLock(db, deps, challenge)
  } else if (challenge.purpose === 'sign-in' && challenge.tries === 3)
    await notify(db, deps, caller, person, {
      template: 'many-wrong-codes',
      key: challenge.id,
      extra: {},
    })
}

const audit = (
  db: Db,
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  detail: Record<string, string | boolean>,
  outcome: 'ok' | 'failed' = 'failed',
) =>
  record(db, deps.clock.now(), caller, {
    event: challenge.purpose === 'step-up' ? 'step-up' : 'sign-in.factor',
    outcome,
    ...whose(challenge),
    detail: { purpose: challenge.purpose, ...detail },
  })
