import type { Amr } from '@countersign/contract'
import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import * as authenticators from '../../db/stores/factors/authenticators.ts'
import * as sends from '../../db/stores/factors/sends.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import type { OpenChallenge } from '../../db/stores/sign-in/challenges.ts'
import type { ClaimedChallenge } from '../../db/stores/sign-in/guesses.ts'
import * as sessions from '../../db/stores/sign-in/sessions.ts'
import { settleProof, settleSignIn } from '../../db/stores/sign-in/settle.ts'
import type { Caller, Deps } from '../../deps.ts'
import { settleEnrolment } from '../../enrolment/settle-enrolment.ts'
import { factorNamed } from '../../factors/registry.ts'
import { hashToken, newToken } from '../../keys/tokens.ts'
import { notify } from '../../mail/notify.ts'
import { Problem } from '../../problem.ts'
import { settlePasscode } from '../../recovery/passcode/settle-passcode.ts'
import { settlePhoneChange } from '../../recovery/phone-change/settle-phone-change.ts'
import { credentialBinding } from '../context.ts'
import { type Accepted, type Verified, whose } from '../verified.ts'
import { viewSignIn } from '../view-sign-in.ts'
import { tellOfEnded } from './tell-of-ended.ts'

/** A right answer takes effect, by what it was asked for. @throws Problem `code-used` for the second of two */
export const settle = async (
  deps: Deps,
  caller: Caller,
  challenge: ClaimedChallenge,
  verdict: Accepted,
  name: string | undefined,
): Promise<Verified> => {
  const factor = factorNamed(challenge.factor)
  if (factor.delivery) await sends.answered(deps.sql, challenge.personId, deps.clock.now())
  if (challenge.purpose === 'enrol') return settleEnrolment(deps, caller, challenge, verdict, name)
  if (challenge.purpose === 'phone-change') return settlePhoneChange(deps, caller, challenge, verdict)
  if (factor.about.role === 'lent')
    return settlePasscode(deps, caller, challenge, verdict.amr ?? factor.about.amr)
  const amr = verdict.amr ?? factor.about.amr
  const sealed = deps.seal.close(verdict.credential, credentialBinding(challenge))
  if (challenge.purpose === 'step-up') return settleStepUp(deps, caller, challenge, sealed, amr)
  if (challenge.outcome === 'duo' && factor.about.role !== 'company')
    return settleFirst(deps, caller, challenge, verdict, { credential: sealed, amr })
  const token = newToken()
  const trust = newToken()
  const hashes = { tokenHash: hashToken(token), trustHash: hashToken(trust) }
  const proof = { credential: sealed, amr, ...hashes, now: deps.clock.now(), caller }
  const toBeTold = factor.about.role === 'recovery' || challenge.crowded
  const opened = toBeTold
    ? await settleAndTell(deps, caller, challenge, verdict, proof)
    : await settleSignIn(deps.sql, challenge, proof)
  if (!opened) throw new Problem('code-used')
  const finished = { token, trust: opened.trusted ? trust : null, finishedBy: challenge.personEmail }
  return { result: { outcome: 'signed-in' }, ...finished }
}

/** The person's own factor was proven where the company's has to follow: no session yet. */
const settleFirst = async (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  verdict: Accepted,
  proof: { credential: string; amr: Amr[] },
): Promise<Verified> => {
  const now = deps.clock.now()
  const token = newToken()
  await deps.sql.begin(async (tx) => {
    if (!(await settleProof(tx, challenge, proof.credential, now))) throw new Problem('code-used')
    const to = { tokenHash: hashToken(token), amr: proof.amr, now }
    if (!(await attempts.proveFirst(tx, challenge.attemptId ?? '', to))) throw new Problem('attempt-over')
    if (factorNamed(challenge.factor).about.role === 'recovery')
      await tellOfRecovery(tx, deps, caller, challenge, verdict)
    const event = { event: 'sign-in.factor' as const, ...whose(challenge) }
    await record(tx, now, caller, { ...event, detail: { purpose: challenge.purpose, first: true } })
  })
  return { result: { outcome: 'step', signIn: await viewSignIn(deps, token) }, token }
}

const settleStepUp = async (
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  credential: string,
  amr: Amr[],
): Promise<Verified> => {
  const now = deps.clock.now()
  const token = newToken()
  const sessionId = challenge.sessionId ?? ''
  await deps.sql.begin(async (tx) => {
    if (!(await settleProof(tx, challenge, credential, now))) throw new Problem('code-used')
    const to = { tokenHash: hashToken(token), amr, authenticatorId: challenge.authenticatorId, now }
    if (!(await sessions.raise(tx, sessionId, to))) throw new Problem('not-signed-in')
    await record(tx, now, caller, { event: 'step-up', ...whose(challenge) })
  })
  return { result: { outcome: 'stepped-up' }, token }
}

/** A sign-in by a way back in, or one that ended an older session: the owner is told, in the same transaction. */
const settleAndTell = async (
  deps: Deps,
  caller: Caller,
  challenge: ClaimedChallenge,
  verdict: Accepted,
  proof: Parameters<typeof settleSignIn>[2],
) => {
  return deps.sql.begin(async (tx) => {
    const opened = await settleSignIn(tx, challenge, proof)
    if (!opened) return null
    if (factorNamed(challenge.factor).about.role === 'recovery')
      await tellOfRecovery(tx, deps, caller, challenge, verdict)
    const person = { id: challenge.personId, name: challenge.personName, email: challenge.personEmail }
    const { companyIds, attemptId } = challenge
    const where = { person, companyIds, attemptId, sessionId: opened.id }
    await tellOfEnded(tx, deps, caller, where, opened.ended)
    return opened
  })
}

const tellOfRecovery = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  challenge: OpenChallenge,
  verdict: Accepted,
) => {
  const left = Number(factorNamed(challenge.factor).facts?.(verdict.credential).left ?? 0)
  // A set that is used up leads nobody back in, so it no longer counts as a second way.
  if (left === 0)
    await authenticators.remove(db, challenge.personId, challenge.authenticatorId, deps.clock.now())
  const person = { id: challenge.personId, name: challenge.personName, email: challenge.personEmail }
  await notify(db, deps, caller, person, {
    template: 'recovery-code-used',
    key: challenge.id,
    extra: { left },
  })
  await record(db, deps.clock.now(), caller, {
    event: 'recovery-code.used',
    ...whose(challenge),
    detail: { left },
  })
}
