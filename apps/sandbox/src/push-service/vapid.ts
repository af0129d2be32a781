import { errors, importJWK, jwtVerify } from 'jose'

const longestLifeSeconds = 24 * 3600

/** An uncompressed point on P-256 in base64url, as RFC 8292 §3.2 has it, made a key. */
function keyOf(point: string) {
  const bytes = Buffer.from(point, 'base64url')
  if (bytes.length !== 65 || bytes[0] !== 4) return undefined
  const x = bytes.subarray(1, 33).toString('base64url')
  const y = bytes.subarray(33).toString('base64url')
  return importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256')
}

/**
 * Checks `Authorization: vapid t=…, k=…` (RFC 8292): an ES256 token for this very origin, at most a day ahead, that
 * says whom to call. Answers the reason for a refusal with its status, or null.
 */
export async function vapidRefusal(
  header: string | undefined,
  origin: string,
  boundTo: string | undefined,
): Promise<{ status: 401 | 403; reason: string } | null> {
  const { t: token, k: point } =
    /^vapid\s+(?=.*\bt=(?<t>[^,\s]+))(?=.*\bk=(?<k>[^,\s]+))/i.exec(header ?? '')?.groups ?? {}
  if (!token || !point) return { status: 401, reason: 'The Authorization header has to be "vapid t=…, k=…".' }
  const key = keyOf(point)
  if (!key) return { status: 403, reason: 'k has to be an uncompressed point on P-256.' }
  if (boundTo !== undefined && point !== boundTo) {
    return { status: 403, reason: 'The subscription belongs to another application server.' }
  }
  try {
    const options = { algorithms: ['ES256'], audience: origin, requiredClaims: ['exp', 'sub'] }
    const { payload } = await jwtVerify(token, await key, options)
    if ((payload.exp ?? 0) > Date.now() / 1000 + longestLifeSeconds + 60) {
      return { status: 403, reason: 'exp is more than a day away.' }
    }
    if (!/^(mailto:|https:)/.test(payload.sub ?? '')) {
      return { status: 403, reason: 'sub has to be a mailto: or https: address.' }
    }
    return null
  } catch (error) {
    if (error instanceof errors.JOSEError) return { status: 403, reason: error.message }
    throw error
  }
}
