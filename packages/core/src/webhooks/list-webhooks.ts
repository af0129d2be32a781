import type { DeliveryPage, DeliveryView, WebhookView } from '@countersign/contract'
import * as deliveries from '../db/stores/webhooks/deliveries.ts'
import * as webhooks from '../db/stores/webhooks/endpoints.ts'
import type { Deps } from '../deps.ts'
import type { ActingSession } from '../people/acting.ts'
import { Problem } from '../problem.ts'

const pageSize = 20

/** A company's webhooks; what they are signed with is not among it. */
export const listWebhooks = async (deps: Deps, admin: ActingSession): Promise<WebhookView[]> => {
  const rows = await webhooks.list(deps.sql, admin.companyId)
  return rows.map(({ createdAt, disabledAt, goneAt, lastDeliveredAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
    goneAt: goneAt?.toISOString() ?? null,
    lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
  }))
}

const stateOf = (row: deliveries.DeliveryRow): DeliveryView['state'] => {
  if (row.deliveredAt) return 'delivered'
  return row.nextAt ? 'waiting' : 'failed'
}

/** What went to one webhook lately. @throws Problem `not-found` */
export const listDeliveries = async (
  deps: Deps,
  admin: ActingSession,
  id: string,
  before?: number,
): Promise<DeliveryPage> => {
  const rows = await deliveries.page(deps.sql, admin.companyId, id, before ?? null, pageSize + 1)
  if (!rows) throw new Problem('not-found')
  const shown = rows.slice(0, pageSize)
  return {
    rows: shown.map((row) => ({
      seq: row.seq,
      event: row.event,
      state: stateOf(row),
      tries: row.tries,
      status: row.status,
      error: row.error,
      triedAt: row.triedAt?.toISOString() ?? null,
      nextAt: row.nextAt?.toISOString() ?? null,
    })),
    next: rows.length > pageSize ? (shown.at(-1)?.seq ?? null) : null,
  }
}
