import type { ScimRow } from '@countersign/core/db/stores/scim/members'
import type { Deps } from '@countersign/core/deps'
import { select } from '@countersign/core/scim/resource/select'
import { etagOf, showUser } from '@countersign/core/scim/resource/show-user'
import { createUser } from '@countersign/core/scim/users/create-user'
import { deleteUser } from '@countersign/core/scim/users/delete-user'
import { listUsers, readUserById } from '@countersign/core/scim/users/list-users'
import { patchUser, replaceUser } from '@countersign/core/scim/users/update-user'
import { type Context, Hono } from 'hono'
import type { Env } from '../http/request.ts'
import { scimJson } from './errors.ts'
import { bodyOf, directoryCaller, listQueryOf, selectionOf, targetOf } from './request.ts'

/** RFC 7644 §3.4.2 */
export const listOf = (Resources: unknown[], totalResults: number, startIndex: number) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults,
  startIndex,
  itemsPerPage: Resources.length,
  Resources,
})

/** Users of the company whose token it is (RFC 7644 §3). */
export const userRoutes = (deps: Deps) => {
  const base = `${deps.origin}/scim/v2`
  const one = (c: Context, row: ScimRow, status: 200 | 201) => {
    c.header('ETag', etagOf(row))
    if (status === 201) c.header('Location', `${base}/Users/${row.membershipId}`)
    return scimJson(c, select(showUser(row, base), selectionOf(c)), status)
  }
  return new Hono<Env>()
    .get('/', async (c) => {
      const { total, start, rows } = await listUsers(deps, c.var.directory, listQueryOf(c))
      const shown = rows.map((row) => select(showUser(row, base), selectionOf(c)))
      return scimJson(c, listOf(shown, total, start), 200)
    })
    .post('/', async (c) =>
      one(c, await createUser(deps, directoryCaller(c), c.var.directory, await bodyOf(c)), 201),
    )
    .get('/:id', async (c) => one(c, await readUserById(deps, c.var.directory, targetOf(c).id), 200))
    .put('/:id', async (c) => {
      const change = targetOf(c)
      return one(
        c,
        await replaceUser(deps, directoryCaller(c), c.var.directory, change, await bodyOf(c)),
        200,
      )
    })
    .patch('/:id', async (c) => {
      const change = targetOf(c)
      return one(c, await patchUser(deps, directoryCaller(c), c.var.directory, change, await bodyOf(c)), 200)
    })
    .delete('/:id', async (c) => {
      await deleteUser(deps, directoryCaller(c), c.var.directory, targetOf(c))
      return c.body(null, 204)
    })
}
