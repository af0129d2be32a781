import { after } from '../../clock.ts'
import { rest } from '../../db/stores/webhooks/endpoints.ts'
import { type Claimed, claim, nextDue, settle, wake } from '../../db/stores/webhooks/sends.ts'
import type { Deps } from '../../deps.ts'
import type { WebhookAnswer } from '../../gateways/webhooks/call.ts'
import { parameters } from '../../policy/parameters.ts'
import { type Secrets, secretsBinding, signatures } from '../secrets.ts'
import { nextTry, restAfter } from './back-off.ts'
import { messageOf } from './message.ts'
import { isGone, switchOff } from './switch-off.ts'

const { atOnce, lease, run } = parameters.webhooks

/**
 * The queue's task: sends what is due for one webhook, a few at a time, and comes back when the next is due. The
 * database is not held while a receiver is waited for; two runs of it share the work.
 */
export const sendDue = async (deps: Deps, id: string): Promise<void> => {
  const until = performance.now() + run
  do {
    const now = deps.clock.now()
    const claimed = await claim(deps.sql, id, now, after(now, lease), atOnce)
    if (claimed.length === 0) break
    const answers = await Promise.all(claimed.map((one) => sendOne(deps, one)))
    const [first] = claimed
    if (first && answers.some(isGone)) return switchOff(deps, first)
    await noteRest(deps, id, first?.misses ?? 0, answers)
  } while (performance.now() < until)
  const due = await nextDue(deps.sql, id)
  if (due) await wake(deps.sql, id, Math.max(0, due.getTime() - deps.clock.now().getTime()))
}

const sendOne = async (deps: Deps, one: Claimed): Promise<WebhookAnswer> => {
  const now = deps.clock.now()
  const { id, body } = messageOf(one)
  const timestamp = Math.floor(now.getTime() / 1000)
  const secrets = deps.seal.open(one.secrets, secretsBinding(one.webhookId)) as Secrets
  const answer = await deps.gateways.webhooks.send(
    one.url,
    {
      'content-type': 'application/json',
      'user-agent': 'Countersign',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures(secrets, { id, timestamp, body }, now),
    },
    body,
  )
  await note(deps, one, answer)
  return answer
}

/** Anything but 2xx and 410 is tried again, a redirect too: where it points was never agreed. */
const note = async (deps: Deps, one: Claimed, answer: WebhookAnswer) => {
  const now = deps.clock.now()
  const status = 'status' in answer ? answer.status : null
  const error = 'error' in answer ? answer.error : null
  const delivered = status !== null && status >= 200 && status < 300
  const nextAt = delivered || isGone(answer) ? null : nextTry(one.tries, one.owedAt, now, Math.random())
  const deliveredAt = delivered ? now : null
  const failedAt = delivered || nextAt ? null : now
  await settle(deps.sql, one, { status, error, deliveredAt, nextAt, failedAt })
}

/** An address that gave no answer at all is left alone for a while, whatever waits: it would only take up the lane. */
const noteRest = async (deps: Deps, id: string, before: number, answers: WebhookAnswer[]) => {
  const answered = answers.some((answer) => 'status' in answer)
  const misses = answered ? 0 : before + 1
  const until = answered ? null : after(deps.clock.now(), restAfter(misses, Math.random()))
  await rest(deps.sql, id, misses, until)
}
