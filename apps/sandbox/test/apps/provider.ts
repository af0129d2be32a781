import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'
import { closeNow, listen } from '../../src/http/listen.ts'

/** Claims put over the true ones; undefined leaves one out. */
export type Claims = { [claim: string]: unknown }

type Lies = {
  /** Claims put over the true ones. */
  claims?: JWTPayload
  /** Signed by a key that is not published. */
  otherKey?: boolean
  /** The answer of the token endpoint instead of tokens. */
  refusal?: { error: string; error_description: string }
}

/** A provider made of nothing but the standard's words, which can be told to lie in one of them. */
export async function startProvider() {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const other = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }
  const lies: Lies = {}
  const asked: { nonce: string; clientId: string }[] = []
  const tokenRequests: { authorization: string | undefined; form: Record<string, string> }[] = []
  let issuer = ''
  const now = () => Math.floor(Date.now() / 1000)

  const sign = (payload: JWTPayload, header: Partial<JWTHeaderParameters> = {}) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', kid: 'k', ...header })
      .sign(lies.otherKey ? other.privateKey : privateKey)

  const person = () => ({ sub: 'grace', name: 'Grace Lindqvist', company: 'Northwind IT' })
  const tokens = async () => {
    const { nonce, clientId } = asked.at(-1) ?? { nonce: '', clientId: '' }
    const claims = { ...person(), sid: 's-1', acr: 'aal2', auth_time: now() }
    const times = { iss: issuer, aud: clientId, nonce, iat: now(), exp: now() + 300 }
    const id_token = await sign({ ...claims, ...times, ...lies.claims })
    return { access_token: 'an-access-token', token_type: 'Bearer', expires_in: 300, id_token }
  }

  const answers: Record<string, () => Promise<unknown> | unknown> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      end_session_endpoint: `${issuer}/end`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true,
    }),
    '/jwks': () => ({ keys: [jwk] }),
    '/userinfo': () => ({ ...person(), email: 'grace@northwind.test' }),
    '/token': () => lies.refusal ?? tokens(),
  }
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const body = await text(request)
    if (path === '/token')
      tokenRequests.push({
        authorization: request.headers.authorization,
        form: Object.fromEntries(new URLSearchParams(body)),
      })
    const answer = await answers[path]?.()
    const status = path === '/token' && lies.refusal ? 400 : answer ? 200 : 404
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
  })
  issuer = `http://localhost:${await listen(server, 0, '127.0.0.1')}`
  onTestFinished(() => closeNow(server))

  return {
    url: issuer,
    lies,
    tokenRequests,
    /** Plays the person who signs in there: the address they are sent back to. */
    approve: (authorization: URL, more: Record<string, string> = {}): string => {
      const given = authorization.searchParams
      asked.push({ nonce: given.get('nonce') ?? '', clientId: given.get('client_id') ?? '' })
      const back = new URL(given.get('redirect_uri') ?? '')
      const answer = { code: 'a-code', state: given.get('state') ?? '', iss: issuer, ...more }
      for (const [key, value] of Object.entries(answer)) if (value) back.searchParams.set(key, value)
      return back.href
    },
    logoutToken: (clientId: string, claims: Claims = {}, header: Partial<JWTHeaderParameters> = {}) =>
      sign(
        {
          iss: issuer,
          aud: clientId,
          iat: now(),
          exp: now() + 120,
          jti: crypto.randomUUID(),
          sid: 's-1',
          sub: 'grace',
          events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
          ...claims,
        },
        { typ: 'logout+jwt', ...header },
      ),
  }
}
