import { auditQuerySchema } from '@countersign/contract'
import { exportAudit } from '@countersign/core/audit/export-audit'
import { readAudit } from '@countersign/core/audit/read-audit'
import type { Deps } from '@countersign/core/deps'
import { type Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import { callerOf, type Env, sessionOf } from '../http/request.ts'
import { query } from '../http/validate.ts'

const asFile = (c: Context, type: string, name: string, pieces: AsyncGenerator<string>) => {
  c.header('Content-Type', `${type}; charset=utf-8`)
  c.header('Content-Disposition', `attachment; filename="${name}"`)
  return stream(c, async (out) => {
    for await (const piece of pieces) await out.write(piece)
  })
}

/** The audit of the company the session acts in: read and exported, never changed. */
export const auditRoutes = (deps: Deps) =>
  new Hono<Env>()
    .get('/', query(auditQuerySchema), async (c) =>
      c.json(await readAudit(deps, await sessionOf(c, deps), c.req.valid('query'))),
    )
    .get('/export.csv', query(auditQuerySchema), async (c) => {
      const session = await sessionOf(c, deps)
      const pieces = await exportAudit(deps, callerOf(c), session, c.req.valid('query'), 'csv')
      return asFile(c, 'text/csv', 'audit.csv', pieces)
    })
    .get('/export.json', query(auditQuerySchema), async (c) => {
      const session = await sessionOf(c, deps)
      const pieces = await exportAudit(deps, callerOf(c), session, c.req.valid('query'), 'json')
      return asFile(c, 'application/json', 'audit.json', pieces)
    })
