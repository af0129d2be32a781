import { z } from 'zod'
import type { DuoKeys } from '../keys.ts'
import type { AuthorizeRequest } from '../visits.ts'
import type { Parameters } from './parameters.ts'
import { believe, type Disbelief } from './signed.ts'

const claimsShape = z.object({
  response_type: z.literal('code'),
  scope: z.string().refine((scope) => scope.split(' ').includes('openid')),
  client_id: z.string(),
  redirect_uri: z.url({ protocol: /^https?$/ }).max(1024),
  state: z.string().min(16).max(1024),
  duo_uname: z.string().trim().min(1),
  use_duo_code_attribute: z.boolean().default(true),
  nonce: z.string().min(16).max(1024).optional(),
})

/**
 * Reads a request for the prompt. What the signed part says counts; the query may repeat it (Node) but not differ.
 * `iss` and `aud` are checked when they are there, because Java's client leaves them out. Python's nonce stands in
 * the query only.
 */
export async function authorizeRequest(
  query: Parameters,
  keys: DuoKeys,
  apiHost: string,
): Promise<AuthorizeRequest | Disbelief> {
  if (query.client_id !== keys.integrationKey) return { disbelief: 'The client_id is not known.' }
  if (query.response_type !== 'code') return { disbelief: 'The response_type has to be code.' }
  const checked = await believe(query.request ?? '', 'request', keys)
  if ('disbelief' in checked) return checked
  const { payload } = checked
  const parsed = claimsShape.safeParse(payload)
  if (!parsed.success) return { disbelief: z.prettifyError(parsed.error) }
  const claims = parsed.data
  const contradictions = [
    claims.client_id !== query.client_id && 'client_id',
    payload.iss !== undefined && payload.iss !== query.client_id && 'iss',
    payload.aud !== undefined && payload.aud !== apiHost && 'aud',
    query.redirect_uri !== undefined && query.redirect_uri !== claims.redirect_uri && 'redirect_uri',
    query.state !== undefined && query.state !== claims.state && 'state',
  ].filter((name) => name !== false)
  if (contradictions.length > 0) return { disbelief: `These do not agree: ${contradictions.join(', ')}.` }
  return {
    username: claims.duo_uname,
    redirectUri: claims.redirect_uri,
    state: claims.state,
    nonce: claims.nonce ?? query.nonce,
    codeParameter: claims.use_duo_code_attribute ? 'duo_code' : 'code',
  }
}
