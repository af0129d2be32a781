import { createHmac, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { deviceKinds, type Policy } from '../directory.ts'
import type { DuoKeys } from '../keys.ts'
import type { Grant } from '../visits.ts'
import { signingKey } from './signed.ts'

type Issue = {
  grant: Grant
  keys: DuoKeys
  issuer: string
  mischief: Policy['mischief']
  productNow: Date
  address: string
}

/** Duo's own fields about how somebody got in. Booleans may only be true, false or "unknown": Go rejects others. */
function authContext({ grant, keys, productNow, address, mischief }: Issue) {
  const bypass = grant.how === 'bypass'
  const denied = mischief === 'denied'
  return {
    txid: randomUUID(),
    timestamp: Math.floor(productNow.getTime() / 1000),
    isotimestamp: productNow.toISOString(),
    event_type: 'authentication',
    factor: bypass ? 'not_available' : 'duo_push',
    result: denied ? 'denied' : 'success',
    reason: denied ? 'user_marked_fraud' : bypass ? 'bypass_user' : 'user_approved',
    alias: '',
    email: grant.username,
    ood_software: '',
    user: { name: grant.username, key: `DU${'0'.repeat(18)}`, groups: [] },
    application: { name: 'Countersign', key: keys.integrationKey },
    auth_device: {
      ip: null,
      location: { city: null, state: null, country: null },
      name: grant.device ? `${deviceKinds[grant.device.kind]} ${grant.device.number ?? ''}`.trim() : null,
    },
    access_device: {
      ip: address,
      location: { city: null, state: null, country: null },
      hostname: null,
      epkey: null,
      browser: 'unknown',
      browser_version: 'unknown',
      os: 'unknown',
      os_version: 'unknown',
      flash_version: 'uninstalled',
      java_version: 'uninstalled',
      is_encryption_enabled: 'unknown',
      is_firewall_enabled: 'unknown',
      is_password_set: 'unknown',
    },
    trusted_endpoint_status: 'unknown',
  }
}

function claimsOf(issue: Issue) {
  const { grant, keys, issuer, mischief } = issue
  const now = Math.floor(Date.now() / 1000)
  const names = { 'other-user': `not-${grant.username}`, 'other-case': grant.username.toUpperCase() }
  const username = mischief === 'other-user' || mischief === 'other-case' ? names[mischief] : grant.username
  const result = grant.how === 'bypass' ? 'Bypass user' : 'Login Successful'
  return {
    iss: mischief === 'wrong-issuer' ? `${issuer}/elsewhere` : issuer,
    aud: mischief === 'wrong-audience' ? 'DIXXXXXXXXXXXXXXXXXX' : keys.integrationKey,
    iat: mischief === 'expired' ? now - 7200 : now,
    exp: mischief === 'expired' ? now - 3600 : now + 300,
    auth_time: now,
    sub: username,
    preferred_username: username,
    ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
    auth_result:
      mischief === 'denied'
        ? { result: 'deny', status: 'deny', status_msg: 'Login Denied' }
        : { result: 'allow', status: grant.how === 'bypass' ? 'bypass' : 'allow', status_msg: result },
    auth_context: authContext(issue),
  }
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs the answer to an exchange, HS512 unless mischief is asked for. Its times are the machine's, see RFC 7519. */
export async function idToken(issue: Issue): Promise<string> {
  const claims = claimsOf(issue)
  if (issue.mischief === 'unsigned') return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`
  if (issue.mischief === 'hs256') {
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
    return `${signed}.${createHmac('sha256', issue.keys.secretKey).update(signed).digest('base64url')}`
  }
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS512', typ: 'JWT' }).sign(signingKey(issue.keys))
}
