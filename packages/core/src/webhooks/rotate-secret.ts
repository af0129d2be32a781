import type { WebhookSecret } from '@countersign/contract'
import { record } from '../audit/record.ts'
import { after } from '../clock.ts'
import * as webhooks from '../db/stores/webhooks/endpoints.ts'
import type { Caller, Deps } from '../deps.ts'
import { type ActingSession, byActor } from '../people/acting.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { requireFresh } from '../sign-in/session.ts'
import { newSecret, type Secrets, secretsBinding } from './secrets.ts'

/**
 * A new secret. For a day messages are signed with both, so that a receiver can be changed without losing one; the
 * secret before the last stops at once. @throws Problem `step-up-required`, `not-found`
 */
export const rotateSecret = async (
  deps: Deps,
  caller: Caller,
  admin: ActingSession,
  id: string,
): Promise<WebhookSecret> => {
  requireFresh(deps, admin)
  const now = deps.clock.now()
  const secret = newSecret()
  const until = after(now, parameters.webhooks.overlap).toISOString()
  await deps.sql.begin(async (tx) => {
    const webhook = await webhooks.hold(tx, admin.companyId, id)
    if (!webhook) throw new Problem('not-found')
    const { current } = deps.seal.open(webhook.secrets, secretsBinding(id)) as Secrets
    const next: Secrets = { current: secret, previous: { secret: current, until } }
    await webhooks.changeSecrets(tx, id, deps.seal.close(next, secretsBinding(id)))
    await record(tx, now, caller, {
      event: 'webhook.secret-rotated',
      ...byActor(admin),
      detail: { webhook: id, url: webhook.url },
    })
  })
  return { id, secret, previousUntil: until }
}
