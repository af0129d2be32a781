import { decodeJwt, errors } from 'jose'
import type { DuoKeys } from '../keys.ts'
import type { Parameters } from './parameters.ts'
import { believe, type Disbelief } from './signed.ts'

/**
 * Knows the application by its client assertion (RFC 7523 §3). `client_id` is optional beside it, since Java's
 * client leaves it out of the token request; if it is there, both have to name the same.
 */
export async function identify(
  parameters: Parameters,
  keys: DuoKeys,
  endpoint: string,
): Promise<Disbelief | null> {
  const { client_assertion: assertion, client_id: named } = parameters
  if (!assertion) return { disbelief: 'Missing client_assertion.' }
  const clientId = named ?? issuerOf(assertion)
  if (clientId !== keys.integrationKey) return { disbelief: 'The provided client_assertion was invalid.' }
  const expected = { issuer: clientId, subject: clientId, audience: endpoint, requiredClaims: ['exp', 'jti'] }
  const checked = await believe(assertion, 'client_assertion', keys, expected)
  return 'disbelief' in checked ? checked : null
}

function issuerOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
