import { employeeFilterSchema } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { exportEmployees } from '@countersign/core/employees/export'
import {
  readImport,
  readImportErrors,
  readLatestImport,
  startImport,
} from '@countersign/core/employees/import/start-import'
import { Problem } from '@countersign/core/problem'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { stream } from 'hono/streaming'
import { problemResponse } from '../http/problem.ts'
import { callerOf, type Env } from '../http/request.ts'
import { idOf, query } from '../http/validate.ts'

/** Room for 20,000 people with long names. */
const fileSize = 5 * 1024 * 1024

const asFile = (name: string) => ({
  'Content-Type': 'text/csv; charset=utf-8',
  'Content-Disposition': `attachment; filename="${name}.csv"`,
})

/** People in and out as CSV, under the guard of the routes around it. */
export const employeeFileRoutes = (deps: Deps) =>
  new Hono<Env>()
    .get('/export.csv', query(employeeFilterSchema), async (c) => {
      const pieces = await exportEmployees(deps, callerOf(c), c.var.acting, c.req.valid('query'))
      for (const [name, value] of Object.entries(asFile('employees'))) c.header(name, value)
      return stream(c, async (out) => {
        for await (const piece of pieces) await out.write(piece)
      })
    })
    .post(
      '/imports',
      bodyLimit({ maxSize: fileSize, onError: (c) => problemResponse(c, new Problem('too-large')) }),
      async (c) => {
        const bytes = new Uint8Array(await c.req.arrayBuffer())
        return c.json(await startImport(deps, callerOf(c), c.var.acting, bytes), 202)
      },
    )
    .get('/imports/latest', async (c) => c.json(await readLatestImport(deps, c.var.acting)))
    .get('/imports/:id', async (c) => c.json(await readImport(deps, c.var.acting, idOf(c.req.param('id')))))
    .get('/imports/:id/errors.csv', async (c) => {
      const csv = await readImportErrors(deps, c.var.acting, idOf(c.req.param('id')))
      return c.body(csv, 200, asFile('import-errors'))
    })
