import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal of the sandbox's own API, answered as RFC 9457. The stand-ins answer in their originals' words. */
export class Problem extends Error {
  readonly status: ContentfulStatusCode

  constructor(status: ContentfulStatusCode, detail: string) {
    super(detail)
    this.status = status
  }
}

const titles: Record<number, string> = {
  400: 'That request cannot be read',
  403: 'Not from here',
  404: 'There is no such thing',
  502: 'The portal did not do its part',
}

export function answerProblem(error: Error, c: Context) {
  const known = error instanceof Problem
  if (!known) console.error(error)
  const status = known ? error.status : 500
  const detail = known ? error.message : 'The sandbox failed. Its output says why.'
  const body = { type: 'about:blank', title: titles[status] ?? 'The sandbox failed', status, detail }
  return c.json(body, status, { 'content-type': 'application/problem+json' })
}
