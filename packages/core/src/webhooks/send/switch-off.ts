import { ourselves, record } from '../../audit/record.ts'
import { disable } from '../../db/stores/webhooks/endpoints.ts'
import type { Claimed } from '../../db/stores/webhooks/sends.ts'
import type { Deps } from '../../deps.ts'
import type { WebhookAnswer } from '../../gateways/webhooks/call.ts'

/** "The endpoint wants no more of them" (RFC 9110 §15.5.11; Standard Webhooks, "Delivery success and failure"). */
const gone = 410

export const isGone = (answer: WebhookAnswer) => 'status' in answer && answer.status === gone

/** Sends nothing more to an address that answered 410, until a Security Admin says that it is back. */
export const switchOff = (deps: Deps, { companyId, webhookId }: Claimed): Promise<void> =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const webhook = await disable(tx, companyId, webhookId, now, now)
    if (!webhook) return
    await record(tx, now, ourselves, {
      event: 'webhook.switched-off',
      companyIds: [companyId],
      detail: { webhook: webhookId, url: webhook.url, answer: gone },
    })
  })
