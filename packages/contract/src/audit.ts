import { z } from 'zod'
import type { FactorName } from './sign-in.ts'

/** One event of a company's audit, with the names its ids had when it was read. */
export type AuditRow = {
  seq: number
  at: string
  event: string
  outcome: 'ok' | 'failed'
  actor: { id: string; name: string } | null
  subject: { id: string; name: string } | null
  factor: FactorName | null
  address: string | null
  browser: string | null
  detail: Record<string, string | number | boolean | null>
}

/** Newest first; `next` asks for the page after. */
export type AuditPage = { rows: AuditRow[]; next: number | null; events: string[] }

export const auditQuerySchema = z.object({
  person: z.string().max(320).optional(),
  event: z.string().max(64).optional(),
  outcome: z.enum(['ok', 'failed']).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  before: z.coerce.number().int().positive().optional(),
})
export type AuditQuery = z.infer<typeof auditQuerySchema>
