import { type ProblemBody, problems } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { Problem } from '@countersign/core/problem'
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Env, requestIdOf } from './request.ts'

/** RFC 9457. Anything not thrown on purpose is logged whole and answered as a bare 500. */
export const problemResponse = (c: Context, problem: Problem): Response => {
  const [status, title] = problems[problem.code]
  const body: ProblemBody = {
    type: `/problems/${problem.code}`,
    title,
    status,
    code: problem.code,
    ...problem.extra,
  }
  if (problem.extra.retryAfter) c.header('Retry-After', String(problem.extra.retryAfter))
  c.header('Content-Type', 'application/problem+json; charset=utf-8')
  return c.body(JSON.stringify(body), status)
}

export const onError =
  (deps: Pick<Deps, 'log'>): ErrorHandler<Env> =>
  (error, c) =>
    problemResponse(c, problemOf(deps, error, c))

/** What went wrong in words of the contract; what was not thrown on purpose is logged whole. */
export const problemOf = (deps: Pick<Deps, 'log'>, error: unknown, c: Context<Env>): Problem => {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException) return new Problem(error.status === 413 ? 'too-large' : 'bad-request')
  // The caller hung up while we were reading: nobody is there to answer.
  if (error instanceof Error && error.message === 'aborted') return new Problem('bad-request')
  const busy = isDatabaseAway(error)
  deps.log.error(
    { error, path: c.req.path, requestId: requestIdOf(c) },
    busy ? 'database away' : 'unexpected',
  )
  return busy ? new Problem('unavailable', { retryAfter: 2 }) : new Problem('internal')
}

/**
 * The driver's words for a lost, refused or shutting-down server: SQLSTATE 08, 53, 57P and its own codes. Class 40
 * is a transaction that gave way to another and may be tried again.
 */
const isDatabaseAway = (error: unknown): boolean => {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^(08|40|53|57P|CONNECT|ECONN|EPIPE)/.test(code)
}
