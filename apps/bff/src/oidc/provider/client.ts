import type { Door } from '@countersign/core/db/stores/applications/oidc/doors'
import type { AdapterPayload } from 'oidc-provider'

/**
 * A registered application as the provider knows clients. The secret is not in it, since we have only its hash: what
 * stands there is not a secret of anybody's, and is compared with nothing.
 */
export const clientOf = (door: Door): AdapterPayload => ({
  client_id: door.clientId,
  client_name: door.name,
  application_type: 'web',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  response_modes: ['query'],
  redirect_uris: door.redirectUris,
  id_token_signed_response_alg: door.signingAlg,
  require_auth_time: true,
  ...(door.secretHash
    ? { token_endpoint_auth_method: 'client_secret_basic', client_secret: 'kept as a hash' }
    : { token_endpoint_auth_method: 'none' }),
})
