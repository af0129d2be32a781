import { type AnswerRequest, decisionText } from '@countersign/contract'
import { type AuditEvent, record } from '../audit/record.ts'
import type { Db } from '../db/connect.ts'
import * as requests from '../db/stores/push/push-requests.ts'
import type { Caller, Deps } from '../deps.ts'
import { isSignedBy } from '../factors/push/signature.ts'
import { sameBytes } from '../keys/tokens.ts'
import { Problem } from '../problem.ts'
import { companiesOf } from './companies-of.ts'
import { deviceOf, keyOf } from './device.ts'
import { disownRequest } from './disown-request.ts'
import { wake } from './wakes.ts'

type Decided = Parameters<typeof requests.decide>[2]

const events: Record<Decided, AuditEvent> = {
  approved: 'push.approved',
  denied: 'push.denied',
  disowned: 'push.disowned',
  'wrong-number': 'push.wrong-number',
}

const decidedBy = (answer: AnswerRequest, number: string): Decided => {
  if (answer.decision === 'deny') return 'denied'
  if (answer.decision === 'disown') return 'disowned'
  return sameBytes(Buffer.from(answer.number), Buffer.from(number)) ? 'approved' : 'wrong-number'
}

/**
 * A device answers a question put to it. Signed by its key over the question, the number typed, our origin and the
 * decision; the first answer counts, and a wrong number ends the question. The browser that waits is woken.
 * @throws Problem `not-paired`, `request-over` (unknown, foreign, decided and late alike), `wrong-code`
 */
export const answerRequest = async (
  deps: Deps,
  caller: Caller,
  token: string,
  id: string,
  answer: AnswerRequest,
) => {
  const decided = await deps.sql.begin((tx) => decide(tx, deps, caller, token, id, answer))
  if (decided === 'wrong-number') throw new Problem('wrong-code')
}

const decide = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  token: string,
  id: string,
  answer: AnswerRequest,
): Promise<Decided> => {
  const now = deps.clock.now()
  const { held, device } = await deviceOf(deps, db, token)
  const request = await requests.findOpen(db, id, now)
  if (!request || request.authenticatorId !== held.id) throw new Problem('request-over')
  const text = decisionText(deps.origin, { id, number: answer.number, decision: answer.decision })
  // A signature that does not hold decides nothing: it may come from somebody who only has the device's token.
  if (!isSignedBy(keyOf(deps, held), text, answer.signature))
    throw new Problem('invalid-input', { fields: { signature: 'invalid-input' } })
  const decided = decidedBy(answer, request.number)
  if (!(await requests.decide(db, id, decided, now))) throw new Problem('request-over')
  const person = { id: device.personId, name: device.personName, email: device.personEmail }
  if (decided === 'disowned') await disownRequest(db, deps, caller, person, request)
  await wake(db, `owner:${request.ownerId}`)
  await wake(db, `device:${held.id}`)
  await record(db, now, caller, {
    event: events[decided],
    outcome: decided === 'wrong-number' ? 'failed' : 'ok',
    companyIds: await companiesOf(db, person.id),
    actorId: person.id,
    subjectId: person.id,
    factor: held.factor,
    ...(request.ownerKind === 'attempt' ? { attemptId: request.ownerId } : { sessionId: request.ownerId }),
    detail: { askedFrom: request.address, browser: request.browser },
  })
  return decided
}
