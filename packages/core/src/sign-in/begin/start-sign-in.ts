import type { SignInResult } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import { minutes } from '../../clock.ts'
import * as trusts from '../../db/stores/company/trusts.ts'
import * as persons from '../../db/stores/people/persons.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import * as throttles from '../../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../../deps.ts'
import { hashToken, newToken } from '../../keys/tokens.ts'
import { type Decision, decide } from '../../policy/decide.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { addressBucket, canonicalEmail } from '../buckets.ts'
import { type Facts, gatherFacts } from '../facts.ts'
import { finishWithoutFactor } from '../finish/finish.ts'
import { viewSignIn } from '../view-sign-in.ts'
import { knownBrowser } from './known-browser.ts'
import { passwordKey } from './password-key.ts'

export type StartedSignIn = {
  result: SignInResult
  /** For the cookie: of the attempt while it goes on, of the session once it is done. */
  token: string
  /** The next token of a trusted browser, which replaces the one it brought. */
  trust: string | null
}

/**
 * E-mail address and password → what comes next, as `decide` says. Makes an attempt, or a session where nothing
 * more is asked. The answer and its time are the same for unknown people as for a wrong password.
 * @throws Problem `wrong-credentials`, `too-many-tries`, `unavailable`
 */
export const startSignIn = async (
  deps: Deps,
  caller: Caller,
  typed: { email: string; password: string; browser: string | null; trust: string | null },
): Promise<StartedSignIn> => {
  const { sql } = deps
  const now = deps.clock.now()
  const email = canonicalEmail(typed.email)
  const key = await claimTry(deps, caller, email, typed.browser)
  const person = await persons.findByEmail(sql, email)
  const right = await verify(deps, key, typed.password, person)
  const judged = person && right ? await judge(deps, caller, person.id, typed.trust) : null
  if (!person || !judged || judged.decision.outcome === 'refuse')
    throw await refuse(deps, caller, email, right)
  const { facts, decision, trust } = judged
  await throttles.forgive(sql, key)
  const passwordHash = await rehashIfStale(deps, person, typed.password)
  const token = newToken()
  const begun = await sql.begin(async (tx) => {
    const attemptId = await attempts.open(
      tx,
      {
        tokenHash: hashToken(token),
        personId: person.id,
        passwordHash,
        companyIds: facts.companyIds,
        companyId: facts.companyId,
        outcome: decision.outcome as attempts.AttemptRow['outcome'],
        reason: decision.reason,
        amr: ['pwd'],
        life: parameters.attempt.life,
      },
      now,
      caller,
    )
    if (attemptId === null) return false
    await record(tx, now, caller, {
      event: 'sign-in.password',
      companyIds: facts.companyIds,
      actorId: person.id,
      subjectId: person.id,
      attemptId,
      detail: { outcome: decision.outcome, ...decision.reason },
    })
    return true
  })
  if (!begun) throw await refuse(deps, caller, email, false)
  if (decision.outcome === 'skip' || decision.outcome === 'let-in')
    return {
      result: { done: true },
      token: await finishWithoutFactor(deps, caller, token, trust === null ? null : hashToken(trust)),
      trust,
    }
  return { result: { done: false, signIn: await viewSignIn(deps, token) }, token, trust: null }
}

/**
 * Decides, and where a trusted browser skips the question replaces its token at once. A token that was replaced
 * before ends what grew from it; of two uses at the same time the second is asked.
 */
const judge = async (
  deps: Deps,
  caller: Caller,
  personId: string,
  remembered: string | null,
): Promise<{ facts: Facts; decision: Decision; trust: string | null }> => {
  const now = deps.clock.now()
  const old = remembered === null ? null : hashToken(remembered)
  const facts = await gatherFacts(deps.sql, personId, now, { address: caller.address, tokenHash: old })
  const decision = decide(facts.input)
  if (decision.outcome === 'skip' && facts.trustId && old) {
    const trust = newToken()
    if (await trusts.rotate(deps.sql, facts.trustId, { old, next: hashToken(trust) }, now))
      return { facts, decision, trust }
  }
  if (old && !facts.trustId) await endReused(deps, caller, personId, old, facts.companyIds)
  if (decision.outcome !== 'skip') return { facts, decision, trust: null }
  const asked = await gatherFacts(deps.sql, personId, now, { address: caller.address, tokenHash: null })
  return { facts: asked, decision: decide({ ...asked.input, trust: null }), trust: null }
}

const endReused = (deps: Deps, caller: Caller, personId: string, old: Buffer, companyIds: string[]) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    if (!(await trusts.endReused(tx, personId, old, now))) return
    const told = { event: 'trust.reused', outcome: 'failed', companyIds, subjectId: personId } as const
    await record(tx, now, caller, told)
  })

/** A try that our own queue turned away was none. */
const verify = async (deps: Deps, key: string, password: string, person: persons.PersonRow | null) => {
  try {
    return await deps.passwords.verify(password, person?.passwordHash ?? null)
  } catch (error) {
    await throttles.giveBack(deps.sql, key)
    throw error
  }
}

/** Puts the failure on record; the problem is the same whoever it was, and so are the statements. */
const refuse = async (deps: Deps, caller: Caller, email: string, right: boolean) => {
  const { personId, companyIds } = await persons.companiesOf(deps.sql, email)
  await record(deps.sql, deps.clock.now(), caller, {
    event: 'sign-in.password',
    outcome: 'failed',
    companyIds,
    subjectId: personId,
    detail: { reason: right ? 'not-a-member' : 'wrong-credentials' },
  })
  return new Problem('wrong-credentials')
}

/** Counts the try per address and per account before the password is looked at. */
const claimTry = async (
  deps: Deps,
  caller: Caller,
  email: string,
  browser: string | null,
): Promise<string> => {
  const now = deps.clock.now()
  const { perWindow, window, perHour, hour } = parameters.addressTries
  const key = passwordKey(deps, email, browser)
  // A browser that signed in before has a counter of its own, whatever comes from its address: strangers cannot
  // lock its owner out (ASVS 6.1.1).
  const known = knownBrowser(deps, email, browser)
  const bucket = addressBucket(caller.address)
  const wait =
    (known ? null : await throttles.hit(deps.sql, `sign-in:${bucket}`, perWindow, window, now)) ??
    (known ? null : await throttles.hit(deps.sql, `sign-in-hour:${bucket}`, perHour, hour, now)) ??
    (await throttles.claimPasswordTry(deps.sql, key, parameters.passwordTries, now))
  if (wait === null) return key
  await recordThrottled(deps, caller, email, bucket)
  throw new Problem('too-many-tries', { retryAfter: wait })
}

/** One row a minute for an account and an address: a flood must not fill the audit, nor queue at its chain's end. */
const recordThrottled = async (deps: Deps, caller: Caller, email: string, bucket: string) => {
  const now = deps.clock.now()
  const account = deps.keyedHash('throttle', email).toString('base64url')
  if ((await throttles.hit(deps.sql, `noted:${account}:${bucket}`, 1, minutes(1), now)) !== null) return
  const { personId, companyIds } = await persons.companiesOf(deps.sql, email)
  await record(deps.sql, now, caller, {
    event: 'sign-in.throttled',
    outcome: 'failed',
    companyIds,
    subjectId: personId,
  })
}

/** @returns the hash that is stored now */
const rehashIfStale = async (deps: Deps, person: persons.PersonRow, password: string): Promise<string> => {
  const stored = person.passwordHash ?? ''
  if (!deps.passwords.isStale(stored)) return stored
  const hash = await deps.passwords.hash(password)
  await deps.sql`update persons set password_hash = ${hash} where id = ${person.id} and password_hash = ${stored}`
  return hash
}
