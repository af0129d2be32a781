import type { Context } from 'hono'
import { z } from 'zod'
import { Problem } from './problem.ts'

/** The body, checked against its shape. Throws Problem 400. */
export async function readJson<T extends z.ZodType>(c: Context, shape: T): Promise<z.output<T>> {
  const body: unknown = await c.req.json().catch(() => {
    throw new Problem(400, 'The body has to be JSON.')
  })
  const parsed = shape.safeParse(body)
  if (!parsed.success) throw new Problem(400, z.prettifyError(parsed.error))
  return parsed.data
}
