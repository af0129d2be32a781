import { createHmac, createSecretKey, hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** 256 random bits for a cookie or a mailed link, base64url. ASVS 7.2.3. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a token. Plain SHA-256 will do for 256 random bits. */
export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer')

/** Digits from the system's random source, leading zeros kept. */
export const newDigits = (length: number): string => Array.from({ length }, () => randomInt(10)).join('')

/** Crockford's base 32 in lower case: no i, l, o, u, so nothing is misread or misheard. */
const readable = '0123456789abcdefghjkmnpqrstvwxyz'

/** A code people type: 5 bits a character. */
export const newReadable = (length: number): string =>
  Array.from(randomBytes(length), (byte) => readable[byte & 31]).join('')

/** What a person may have made of such a code: spaces, dashes, capitals, look-alikes. */
export const normaliseReadable = (typed: string): string =>
  typed
    .toLowerCase()
    .replace(/[\s‐-―-]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')

export type KeyedHash = (purpose: string, text: string) => Buffer

/** HMAC-SHA-256 under a key that is not in the database, for short secrets and blind indexes. */
export const createKeyedHash = (key: Buffer): KeyedHash => {
  const secret = createSecretKey(key)
  return (purpose, text) => createHmac('sha256', secret).update(`${purpose}\0${text}`).digest()
}

/** Compares in constant time; different lengths are unequal. */
export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
