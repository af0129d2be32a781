import type { EventRow } from '../../db/stores/webhooks/sends.ts'

/** The body of a webhook (Standard Webhooks, "Payload structure"), the same at every try. */
export const messageOf = (row: EventRow): { id: string; body: string } => ({
  // One event has one id, however often and to whom it is sent: receivers drop what they know.
  id: `evt_${row.id}`,
  body: JSON.stringify({
    type: row.event,
    timestamp: row.at.toISOString(),
    data: {
      number: row.seq,
      outcome: row.outcome,
      company: { id: row.companyId, name: row.companyName },
      actor: row.actor,
      subject: row.subject,
      factor: row.factor,
      session: row.sessionId,
      address: row.address || null,
      userAgent: row.userAgent || null,
      detail: row.detail,
      hash: row.hash.toString('hex'),
    },
  }),
})
