import { type ProblemCode, problems, type ScimType } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import type { Problem } from '@countersign/core/problem'
import type { Context, ErrorHandler } from 'hono'
import { problemOf } from '../http/problem.ts'
import type { Env } from '../http/request.ts'

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** Where the standard has a status or a word of its own for what is a problem of ours (RFC 7644 §3.12). */
const words: Partial<Record<ProblemCode, { status?: 400 | 412; scimType?: ScimType; detail?: string }>> = {
  'bad-request': { scimType: 'invalidSyntax' },
  'already-member': { scimType: 'uniqueness' },
  'email-taken': { scimType: 'uniqueness' },
  conflict: { status: 412 },
  'phone-unsuitable': { status: 400, scimType: 'invalidValue' },
  'unsupported-media-type': { detail: 'Send application/scim+json.' },
  'not-signed-in': { detail: 'This token is not one of ours, was revoked or has been replaced.' },
}

/** The body of every refusal a directory gets; the status is a string there. */
export const scimErrors =
  (deps: Pick<Deps, 'log'>): ErrorHandler<Env> =>
  (error, c) =>
    answer(c, problemOf(deps, error, c))

const answer = (c: Context, problem: Problem): Response => {
  const [usual, title] = problems[problem.code]
  const word = words[problem.code]
  const status = word?.status ?? usual
  const scimType = problem.extra.scimType ?? word?.scimType
  if (status === 401) c.header('WWW-Authenticate', 'Bearer realm="scim"')
  if (problem.extra.retryAfter) c.header('Retry-After', String(problem.extra.retryAfter))
  const body = {
    schemas: [errorSchema],
    status: String(status),
    ...(scimType && { scimType }),
    detail: word?.detail ?? problem.extra.detail ?? title,
  }
  return scimJson(c, body, status)
}

export const scimJson = (c: Context, body: unknown, status: number): Response => {
  c.header('Content-Type', 'application/scim+json; charset=utf-8')
  return c.body(JSON.stringify(body), status as 200)
}
