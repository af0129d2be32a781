import {
  editEmployeeSchema,
  employeeFilterSchema,
  employeeQuerySchema,
  inviteSchema,
  remindSchema,
} from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { deactivateEmployee, reactivateEmployee } from '@countersign/core/employees/change/deactivate'
import { editEmployee } from '@countersign/core/employees/change/edit'
import { inviteEmployee } from '@countersign/core/employees/invite/invite'
import { resendInvitation } from '@countersign/core/employees/invite/resend-invitation'
import { countEmployees, listEmployees } from '@countersign/core/employees/list'
import { readEmployee } from '@countersign/core/employees/read'
import { remindEmployees } from '@countersign/core/employees/remind'
import { Hono } from 'hono'
import { callerOf, type Env } from '../http/request.ts'
import { requireRole } from '../http/require-role.ts'
import { idOf, json, query } from '../http/validate.ts'
import { employeeFileRoutes } from './employee-files.ts'

/** Manage Employees: for admins, within the company they act in. */
export const employeeRoutes = (deps: Deps) =>
  new Hono<Env>()
    .use(requireRole(deps, 'admin'))
    .route('/', employeeFileRoutes(deps))
    .get('/', query(employeeQuerySchema), async (c) =>
      c.json(await listEmployees(deps, c.var.acting, c.req.valid('query'))),
    )
    .post('/', json(inviteSchema), async (c) =>
      c.json(await inviteEmployee(deps, callerOf(c), c.var.acting, c.req.valid('json')), 201),
    )
    .get('/counts', query(employeeFilterSchema), async (c) =>
      c.json(await countEmployees(deps, c.var.acting, c.req.valid('query'))),
    )
    .post('/reminders', json(remindSchema), async (c) =>
      c.json(await remindEmployees(deps, callerOf(c), c.var.acting, c.req.valid('json').ids)),
    )
    .get('/:id', async (c) => c.json(await readEmployee(deps, c.var.acting, idOf(c.req.param('id')))))
    .patch('/:id', json(editEmployeeSchema), async (c) => {
      const id = idOf(c.req.param('id'))
      return c.json(await editEmployee(deps, callerOf(c), c.var.acting, id, c.req.valid('json')))
    })
    .post('/:id/invitation', async (c) => {
      await resendInvitation(deps, callerOf(c), c.var.acting, idOf(c.req.param('id')))
      return c.body(null, 202)
    })
    .post('/:id/deactivate', async (c) =>
      c.json(await deactivateEmployee(deps, callerOf(c), c.var.acting, idOf(c.req.param('id')))),
    )
    .post('/:id/reactivate', async (c) =>
      c.json(await reactivateEmployee(deps, callerOf(c), c.var.acting, idOf(c.req.param('id')))),
    )
