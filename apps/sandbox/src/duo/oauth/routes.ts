import { randomBytes } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { troubled } from '../../http/troubled.ts'
import type { Duo } from '../duo.ts'
import { identify } from './client.ts'
import { idToken } from './id-token.ts'
import { parametersOf } from './parameters.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const seconds = () => Math.floor(Date.now() / 1000)

const fail = (c: Context, status: 400 | 500, code: number, message: string, detail: string) =>
  c.json({ stat: 'FAIL', code, message, message_detail: detail, timestamp: seconds() }, status)

const oauthError = (c: Context, error: string, error_description: string) =>
  c.json({ error, error_description }, 400)

/** The server leg: what an application's back end asks over TLS. */
export function oauthRoutes(duo: Duo) {
  const endpoint = (name: string) => `https://${duo.apiHostname()}/oauth/v1/${name}`
  const broken = troubled(duo.faults, 'duo', (c) =>
    fail(c, 500, 50000, 'server_error', 'Internal server error.'),
  )

  return new Hono<{ Bindings: HttpBindings }>()
    .use(broken)
    .post('/health_check', async (c) => {
      const unknown = await identify(await parametersOf(c), duo.keys, endpoint('health_check'))
      if (unknown) return fail(c, 400, 40002, 'invalid_client', unknown.disbelief)
      return c.json({ stat: 'OK', response: { timestamp: seconds() } })
    })
    .post('/token', async (c) => {
      const parameters = await parametersOf(c)
      if (parameters.grant_type !== 'authorization_code') {
        return oauthError(c, 'unsupported_grant_type', 'The grant_type has to be authorization_code.')
      }
      if (parameters.client_assertion_type !== assertionType) {
        return oauthError(c, 'invalid_request', `The client_assertion_type has to be ${assertionType}.`)
      }
      const unknown = await identify(parameters, duo.keys, endpoint('token'))
      if (unknown) return oauthError(c, 'invalid_client', unknown.disbelief)
      const grant = duo.visits.redeem(parameters.code ?? '')
      if (!grant)
        return oauthError(c, 'invalid_grant', 'The provided authorization code was invalid or expired.')
      if (grant.redirectUri !== parameters.redirect_uri) {
        return oauthError(c, 'invalid_grant', 'The redirect_uri is not the one of the authorization request.')
      }
      const { mischief } = duo.directory.policy()
      if (mischief === 'nonsense') return c.text('<html>not the JSON you are looking for</html>')
      const address = c.env.incoming.socket.remoteAddress ?? ''
      const productNow = duo.clock.now()
      const token = { grant, keys: duo.keys, issuer: endpoint('token'), mischief, productNow, address }
      return c.json({
        id_token: await idToken(token),
        access_token: randomBytes(24).toString('base64url'),
        expires_in: 300,
        token_type: 'Bearer',
      })
    })
}
