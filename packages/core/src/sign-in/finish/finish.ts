import { record } from '../../audit/record.ts'
import type { Db } from '../../db/connect.ts'
import { statement } from '../../db/statement.ts'
import * as companies from '../../db/stores/company/companies.ts'
import * as trusts from '../../db/stores/company/trusts.ts'
import * as attempts from '../../db/stores/sign-in/attempts.ts'
import { endOldest, type Opening, openFrom, opening, seeIn } from '../../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../../deps.ts'
import { hashToken, newToken } from '../../keys/tokens.ts'
import { Problem } from '../../problem.ts'
import { tellOfEnded } from './tell-of-ended.ts'

const finishAttempt = statement<{ id: string; ended: number }, Opening & { attemptId: string }>(
  ($) => `
    with finished as (
      update sign_in_attempts set ended_at = ${$.now}, finished_at = ${$.now}
      where id = ${$.attemptId} and ended_at is null and expires_at > ${$.now} returning *
    ),
    crowded as (${endOldest('finished', $)}),
    seen as (${seeIn('finished', $)})
    ${openFrom('finished', 'seen', $)} returning id, (select count(*)::int from crowded) as ended`,
)

/**
 * Turns an attempt into a session, in the caller's transaction. What was proven stands on the attempt; its
 * `factorAt` decides the assurance level. @returns the session's token
 * @throws Problem `attempt-over`
 */
export const openSession = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  attempt: attempts.AttemptRow,
  authenticatorId: string | null,
): Promise<string> => {
  const now = deps.clock.now()
  const token = newToken()
  const session = opening({ tokenHash: hashToken(token), authenticatorId, now, caller })
  const [opened] = await finishAttempt(db, { ...session, attemptId: attempt.id })
  if (!opened) throw new Problem('attempt-over')
  const person = { id: attempt.personId, name: attempt.personName, email: attempt.personEmail }
  const { companyIds } = attempt
  const where = { person, companyIds, attemptId: attempt.id, sessionId: opened.id }
  await tellOfEnded(db, deps, caller, where, opened.ended)
  await record(db, now, caller, {
    event: 'sign-in.finished',
    companyIds: attempt.companyIds,
    actorId: attempt.personId,
    subjectId: attempt.personId,
    attemptId: attempt.id,
    sessionId: opened.id,
    detail: { ...attempt.reason },
  })
  return token
}

/**
 * A sign-in that `decide` lets in on the password alone: the session is aal 1. What let it in has to hold until the
 * session exists: nobody requires a factor, or the browser is still trusted. @throws Problem `attempt-over`
 */
export const finishWithoutFactor = async (
  deps: Deps,
  caller: Caller,
  attemptToken: string,
  trustHash: Buffer | null,
): Promise<string> => {
  const attempt = await attempts.findOpen(deps.sql, hashToken(attemptToken), deps.clock.now())
  if (!attempt || (attempt.outcome !== 'skip' && attempt.outcome !== 'let-in'))
    throw new Problem('attempt-over')
  return deps.sql.begin(async (tx) => {
    const holds =
      attempt.outcome === 'skip'
        ? trustHash !== null && (await trusts.holds(tx, trustHash))
        : !(await companies.requiresAny(tx, attempt.companyIds, deps.clock.now()))
    if (!holds) throw new Problem('attempt-over')
    return openSession(tx, deps, caller, attempt, null)
  })
}
