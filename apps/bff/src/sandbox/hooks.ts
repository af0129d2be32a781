import { timingSafeEqual } from 'node:crypto'
import { demoAuthenticators, isScenario, playScenario } from '@countersign/core/demo/scenarios'
import type { Seeder } from '@countersign/core/demo/seed'
import { Hono } from 'hono'
import { z } from 'zod'

const clockSchema = z.object({ offsetMs: z.number().int() }).strict()

/**
 * What the sandbox may ask of the portal: move the clock, play a scenario, tell the keys of demo apps. Mounted
 * only when the product was started with the sandbox, and only for whoever knows the secret of this start.
 */
export const sandboxHooks = (
  seeder: Seeder,
  moveClock: (offsetMs: number) => Promise<void> | void,
  secret: string,
) => {
  const expected = Buffer.from(secret)
  const hooks = new Hono()
  hooks.use(async (c, next) => {
    const given = Buffer.from(c.req.header('x-sandbox-hook') ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return c.notFound()
    await next()
  })
  hooks.put('/clock', async (c) => {
    await moveClock(clockSchema.parse(await c.req.json()).offsetMs)
    return c.body(null, 204)
  })
  hooks.post('/scenarios/:name', async (c) => {
    const name = c.req.param('name')
    if (!isScenario(name)) return c.json({ title: `There is no scenario ${name}.` }, 404)
    return c.json({ name, ...(await playScenario(seeder, name)) })
  })
  hooks.get('/authenticators', async (c) =>
    c.json(await demoAuthenticators(seeder, c.req.query('email') ?? '')),
  )
  return hooks
}
