import { createPublicKey, type KeyObject, verify } from 'node:crypto'

/** A device's public key, or null when it is anything else than a P-256 key in SPKI DER. */
const readPublicKey = (encoded: string): KeyObject | null => {
  try {
    const key = createPublicKey({ key: Buffer.from(encoded, 'base64url'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
      ? key
      : null
  } catch {
    return null
  }
}

/** ECDSA on P-256 with SHA-256, r and s side by side (IEEE P1363), as WebCrypto makes it. */
export const isSignedBy = (publicKey: string, text: string, signature: string): boolean => {
  const key = readPublicKey(publicKey)
  const bytes = Buffer.from(signature, 'base64url')
  return (
    key !== null &&
    bytes.length === 64 &&
    verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes)
  )
}
