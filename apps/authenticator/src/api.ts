import type { AnswerRequest, Inbox, Pairing, PairRequest, Subscription } from '@countersign/contract'

/** A refusal by its code, or `offline` when nobody answered. */
export class Refusal extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const root = '/api/authenticator'

const bearer = (tokens: string[]) => ({ authorization: `Bearer ${tokens.join(',')}` })

const call = async (path: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(root + path, { credentials: 'omit', ...init }).catch(() => null)
  if (!response) throw new Refusal('offline')
  if (response.ok) return response
  const problem = (await response.json().catch(() => null)) as { code?: string } | null
  throw new Refusal(problem?.code ?? 'internal')
}

const post = (path: string, body: unknown, token?: string) =>
  call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? bearer([token]) : {}) },
    body: JSON.stringify(body),
  })

export const pair = async (request: PairRequest): Promise<Pairing> =>
  (await post('/pairings', request)).json()

export const readInbox = async (tokens: string[]): Promise<Inbox> =>
  (await call('/inbox', { headers: bearer(tokens) })).json()

export const answer = (token: string, id: string, body: AnswerRequest) =>
  post(`/requests/${id}/answer`, body, token)

export const subscribe = (token: string, body: Subscription) => post('/subscriptions', body, token)

export const unlink = (token: string, body: { at: string; signature: string }) => post('/unlink', body, token)

/** The stream of wake-ups of all accounts. */
export const openEvents = (tokens: string[], signal: AbortSignal) =>
  call('/events', { headers: bearer(tokens), signal })
