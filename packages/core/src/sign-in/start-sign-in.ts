import type { SignInResult } from '@countersign/contract'
import { record } from '../audit/record.ts'
import * as attempts from '../db/stores/attempts.ts'
import * as persons from '../db/stores/persons.ts'
import * as throttles from '../db/stores/throttles.ts'
import type { Caller, Deps } from '../deps.ts'
import { hashToken, newToken } from '../keys/tokens.ts'
import { decide } from '../policy/decide.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { gatherFacts } from './facts.ts'
import { finishWithoutFactor } from './finish.ts'
import { knownBrowser } from './known-browser.ts'
import { viewSignIn } from './view-sign-in.ts'

export type StartedSignIn = {
  result: SignInResult
  /** For the cookie: of the attempt while it goes on, of the session once it is done. */
  token: string
}

/**
 * E-mail address and password → what comes next, as `decide` says. Makes an attempt, or a session where nothing
 * more is asked. The answer and its time are the same for unknown people as for a wrong password.
 * @throws Problem `wrong-credentials`, `too-many-tries`, `unavailable`
 */
export const startSignIn = async (
  deps: Deps,
  caller: Caller,
  typed: { email: string; password: string; browser: string | null },
): Promise<StartedSignIn> => {
  const { sql } = deps
  const now = deps.clock.now()
  const email = typed.email.trim()
  const key = await claimTry(deps, caller, email, typed.browser)
  const person = await persons.findByEmail(sql, email)
  const right = await deps.passwords.verify(typed.password, person?.passwordHash ?? null)
  const facts = person && right ? await gatherFacts(sql, person.id, now) : null
  const decision = facts && decide(facts.input)
  if (!person || !facts || !decision || decision.outcome === 'refuse') {
    const memberships = person ? await persons.activeMemberships(sql, person.id) : []
    const companyIds = memberships.map((row) => row.companyId)
    const detail = { reason: right ? 'not-a-member' : 'wrong-credentials' }
    await record(sql, now, caller, {
      event: 'sign-in.password',
      outcome: 'failed',
      companyIds,
      subjectId: person?.id ?? null,
      detail,
    })
    throw new Problem('wrong-credentials')
  }
  await throttles.forgive(sql, key)
  await rehashIfStale(deps, person, typed.password)
  const token = newToken()
  await sql.begin(async (tx) => {
    const attemptId = await attempts.open(
      tx,
      {
        tokenHash: hashToken(token),
        personId: person.id,
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
    await record(tx, now, caller, {
      event: 'sign-in.password',
      companyIds: facts.companyIds,
      actorId: person.id,
      subjectId: person.id,
      attemptId,
      detail: { outcome: decision.outcome, ...decision.reason },
    })
  })
  if (decision.outcome === 'skip' || decision.outcome === 'let-in')
    return { result: { done: true }, token: await finishWithoutFactor(deps, caller, token) }
  return { result: { done: false, signIn: await viewSignIn(deps, token) }, token }
}

/** Counts the try per address and per account before the password is looked at. */
const claimTry = async (
  deps: Deps,
  caller: Caller,
  email: string,
  browser: string | null,
): Promise<string> => {
  const now = deps.clock.now()
  const { perWindow, window } = parameters.addressTries
  const account = deps.keyedHash('throttle', email.toLowerCase()).toString('base64url')
  // A browser that signed in before has a counter of its own: strangers cannot lock its owner out (ASVS 6.1.1).
  const key = `password:${account}:${knownBrowser(deps, email, browser) ?? 'stranger'}`
  const wait =
    (await throttles.hit(deps.sql, `sign-in:${caller.address}`, perWindow, window, now)) ??
    (await throttles.claimPasswordTry(deps.sql, key, parameters.passwordTries, now))
  if (wait !== null) {
    await record(deps.sql, now, caller, { event: 'sign-in.throttled', outcome: 'failed', companyIds: [] })
    throw new Problem('too-many-tries', { retryAfter: wait })
  }
  return key
}

const rehashIfStale = async (deps: Deps, person: persons.PersonRow, password: string) => {
  if (!person.passwordHash || !deps.passwords.isStale(person.passwordHash)) return
  const hash = await deps.passwords.hash(password)
  await deps.sql`update persons set password_hash = ${hash} where id = ${person.id} and password_hash = ${person.passwordHash}`
}
