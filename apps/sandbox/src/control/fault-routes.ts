import { Hono } from 'hono'
import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { readJson } from '../http/read-json.ts'
import { type Faults, modeShape, serviceShape } from './faults.ts'

const faultShape = z.object({ mode: modeShape })

/** `PUT /{service} {"mode":…}` breaks a service, `DELETE /{service}` heals it, `GET /` tells how all are. */
export function faultRoutes(faults: Faults) {
  const named = (name: string) => {
    const service = serviceShape.safeParse(name)
    if (service.success) return service.data
    throw new Problem(404, `There is no service "${name}": ${serviceShape.options.join(', ')}.`)
  }
  return new Hono()
    .get('/', (c) => c.json(faults.all()))
    .put('/:service', async (c) => {
      const service = named(c.req.param('service'))
      faults.set(service, (await readJson(c, faultShape)).mode)
      return c.json(faults.all())
    })
    .delete('/:service', (c) => {
      faults.heal(named(c.req.param('service')))
      return c.json(faults.all())
    })
}
