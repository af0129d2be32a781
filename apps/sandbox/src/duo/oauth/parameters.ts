import type { Context } from 'hono'

export type Parameters = Record<string, string | undefined>

/**
 * Parameters however a client sends them: Node, Go, Java and C# url-encode a form, PHP's curl makes it multipart,
 * Python puts them into the query of a POST with an empty body.
 */
export async function parametersOf(c: Context): Promise<Parameters> {
  const form = await c.req.parseBody().catch(() => ({}))
  const fields = Object.entries(form).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return { ...c.req.query(), ...Object.fromEntries(fields) }
}
