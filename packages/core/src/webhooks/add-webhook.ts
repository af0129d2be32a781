import { randomUUID } from 'node:crypto'
import type { WebhookSecret, WebhookTopic } from '@countersign/contract'
import { record } from '../audit/record.ts'
import * as webhooks from '../db/stores/webhooks/endpoints.ts'
import type { Caller, Deps } from '../deps.ts'
import { type ActingSession, byActor } from '../people/acting.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { requireFresh } from '../sign-in/session.ts'
import { newSecret, type Secrets, secretsBinding } from './secrets.ts'

/**
 * Lets an address hear of the company's events from now on. @returns its secret, which is shown this once
 * @throws Problem `step-up-required`, `webhook-address`, `too-many`
 */
export const addWebhook = async (
  deps: Deps,
  caller: Caller,
  admin: ActingSession,
  wanted: { url: string; topics: WebhookTopic[] },
): Promise<WebhookSecret> => {
  requireFresh(deps, admin)
  if (!deps.gateways.webhooks.mayGo(wanted.url))
    throw new Problem('webhook-address', { fields: { url: 'webhook-address' } })
  const id = randomUUID()
  const url = new URL(wanted.url).href
  const secrets: Secrets = { current: newSecret(), previous: null }
  const now = deps.clock.now()
  await deps.sql.begin(async (tx) => {
    const one = {
      id,
      companyId: admin.companyId,
      url,
      topics: wanted.topics,
      secrets: deps.seal.close(secrets, secretsBinding(id)),
      createdBy: admin.personId,
      now,
    }
    if (!(await webhooks.add(tx, one, parameters.webhooks.perCompany))) throw new Problem('too-many')
    await record(tx, now, caller, {
      event: 'webhook.added',
      ...byActor(admin),
      detail: { webhook: id, url, topics: wanted.topics.join(' ') },
    })
  })
  return { id, secret: secrets.current, previousUntil: null }
}
