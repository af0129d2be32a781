import type { Api } from '@countersign/bff/app'
import type { ProblemBody } from '@countersign/contract/problem'
import { type ClientResponse, hc } from 'hono/client'

/**
 * The server's routes, typed by the server itself; nothing of it is in the bundle. Also a deed without a body says
 * that it speaks JSON: no other site can make a browser say so.
 */
export const api = hc<Api>('/api', { headers: { 'content-type': 'application/json' } })

/** A refusal as the server put it (RFC 9457). */
export class ApiProblem extends Error {
  readonly problem: ProblemBody

  constructor(problem: ProblemBody) {
    super(problem.title)
    this.problem = problem
  }
}

const noAnswer: ProblemBody = { type: 'about:blank', title: 'No answer', status: 503, code: 'unavailable' }

const problemOf = async (response: ClientResponse<unknown>): Promise<ProblemBody> => {
  const body: unknown = await response.json().catch(() => null)
  const isProblem = typeof body === 'object' && body !== null && 'code' in body
  return isProblem ? (body as ProblemBody) : { ...noAnswer, status: response.status, code: 'internal' }
}

/** The body of a good answer. @throws ApiProblem for a refusal, and for no answer at all */
export const read = async <Body>(pending: Promise<ClientResponse<Body>>): Promise<Body> => {
  const response = await pending.catch(() => null)
  if (!response) throw new ApiProblem(noAnswer)
  if (!response.ok) throw new ApiProblem(await problemOf(response))
  if (response.status === 204 || response.headers.get('content-length') === '0') return null as Body
  return (await response.json().catch(() => null)) as Body
}

/** A good answer that is a file. @throws ApiProblem as `read` does */
export const readFile = async (pending: Promise<ClientResponse<unknown>>): Promise<Blob> => {
  const response = await pending.catch(() => null)
  if (!response) throw new ApiProblem(noAnswer)
  if (!response.ok) throw new ApiProblem(await problemOf(response))
  return response.blob()
}

/** What a form shows of an error, whatever was thrown. */
export const problemIn = (error: unknown): ProblemBody | null => {
  if (!error) return null
  return error instanceof ApiProblem ? error.problem : { ...noAnswer, status: 500, code: 'internal' }
}
