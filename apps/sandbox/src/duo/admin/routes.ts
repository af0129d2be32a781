import { Hono } from 'hono'
import { z } from 'zod'
import { Problem } from '../../http/problem.ts'
import { readJson } from '../../http/read-json.ts'
import { policyShape } from '../directory.ts'
import type { Duo } from '../duo.ts'

const decisionShape = z.object({ decision: z.enum(['approve', 'deny', 'fraud']) })

/** What a person does on the phone or at Duo's administration, for tests: pushes, users, policy. */
export function duoApi({ pushes, directory }: Duo) {
  return new Hono()
    .get('/pushes', (c) => c.json(pushes.all()))
    .post('/pushes/:id', async (c) => {
      const { decision } = await readJson(c, decisionShape)
      const id = c.req.param('id')
      if (!pushes.find(id)) throw new Problem(404, 'There is no such push.')
      const decided = pushes.decide(id, decision)
      if (!decided) throw new Problem(409, 'This push has been answered, or a minute has gone by.')
      return c.json(decided)
    })
    .get('/users', (c) => c.json(directory.all()))
    .delete('/users/:username', (c) => {
      const known = directory.forget(c.req.param('username'))
      if (!known) throw new Problem(404, 'Duo does not know this person.')
      return c.body(null, 204)
    })
    .get('/policy', (c) => c.json(directory.policy()))
    .put('/policy', async (c) => c.json(directory.changePolicy(await readJson(c, policyShape))))
}
