import { record } from '../../audit/record.ts'
import * as sends from '../../db/stores/factors/sends.ts'
import type { Caller, Deps } from '../../deps.ts'
import type { AnyFactor, FactorContext, MailedCode, SendChannel } from '../../factors/factor.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import { Problem } from '../../problem.ts'
import { addressBucket } from '../buckets.ts'

type Delivered = { state: unknown; sent: boolean }

/**
 * Sends a code: cool-down and budgets first, then the outside service. During a cool-down nothing is sent.
 * @throws Problem `cooling-down`, `too-many-requests`, and what the service made of it
 */
export const deliver = async (
  deps: Deps,
  caller: Caller,
  factor: AnyFactor,
  context: FactorContext,
  what: { state: unknown; channel: SendChannel; companyIds: string[]; again: boolean },
): Promise<Delivered> => {
  const destination = factor.delivery?.destination(what.state)
  if (!factor.delivery || !destination) throw new Problem('wrong-step')
  const hash = deps.keyedHash('destination', destination)
  const { id } = await claim(deps, caller, context, what.channel, hash)
  const { mailed } = factor.delivery
  const result: Awaited<ReturnType<typeof factor.delivery.send>> =
    what.channel === 'email' && mailed
      ? await mailCode(deps, context, id, mailed(context, what.state))
      : await factor.delivery.send(context, what.state, what.channel)
  await record(deps.sql, context.now, caller, {
    event: result.ok ? 'code.sent' : 'code.not-sent',
    outcome: result.ok ? 'ok' : 'failed',
    companyIds: what.companyIds,
    actorId: context.person.id,
    subjectId: context.person.id,
    factor: factor.name,
    detail: { channel: what.channel, ...(result.ok ? {} : { problem: result.problem }) },
  })
  if (!result.ok) {
    await sends.unclaim(deps.sql, id)
    throw new Problem(result.problem, result.extra ?? {})
  }
  return { state: factor.delivery.sent(what.state, what.channel, what.again), sent: true }
}

/** A code over our own queue: owed from now on, whether or not the mail server answers at this moment. */
const mailCode = async (deps: Deps, context: FactorContext, id: string, { code, template }: MailedCode) => {
  const { person, company } = context
  await queueMail(deps.sql, deps, {
    key: `code:${id}`,
    to: person.email,
    personId: person.id,
    template,
    params: { email: person.email, name: person.name, company: company?.name ?? 'Your company', code },
  })
  return { ok: true as const }
}

const claim = (
  deps: Deps,
  caller: Caller,
  context: FactorContext,
  channel: SendChannel,
  destination: Buffer,
) =>
  deps.sql.begin(async (tx) => {
    const { now } = context
    const address = addressBucket(caller.address)
    const sending = { personId: context.person.id, destination, channel, address, now }
    await sends.takeTurns(tx, sending)
    const at = (await sends.sendableAt(tx, context.person.id, now))(channel)
    if (at > now)
      throw new Problem('cooling-down', { retryAfter: Math.ceil((at.getTime() - now.getTime()) / 1000) })
    const claimed = await sends.claimSend(tx, sending)
    if ('wait' in claimed)
      throw new Problem('too-many-requests', { retryAfter: claimed.wait, detail: 'sends' })
    return claimed
  })
