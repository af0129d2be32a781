import { counterBytes, tokenCounter, tokenDigits, tokenSecretLength } from '@countersign/contract/signed'

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** The keys of one account, made here. The private key was never outside and cannot be taken out. */
export const makeKeys = async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  const publicKey = base64url(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)))
  const secret = crypto.getRandomValues(new Uint8Array(tokenSecretLength))
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const tokenKey = await crypto.subtle.importKey('raw', secret, hmac, false, ['sign'])
  return { privateKey: pair.privateKey, publicKey, tokenKey, secret: base64url(secret) }
}

/** IEEE P1363, as WebCrypto makes it. */
export const signText = async (key: CryptoKey, text: string): Promise<string> => {
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  return base64url(new Uint8Array(await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(text))))
}

/** The token of the period that a moment of the portal's clock lies in. */
export const tokenAt = async (tokenKey: CryptoKey, ms: number): Promise<string> =>
  tokenDigits(new Uint8Array(await crypto.subtle.sign('HMAC', tokenKey, counterBytes(tokenCounter(ms)))))
