/**
 * What the Authenticator signs, byte for byte the same on both sides. Kept free of any library, because the app
 * that imports it has to stay small. Lines, the first of which says what it is for, so that no signature made
 * for one purpose serves another.
 */
const lines = (...parts: string[]) => parts.join('\n')

export type Decision = 'approve' | 'deny' | 'disown'

/** An answer to a sign-in request; the number is empty unless it approves. */
export const decisionText = (
  origin: string,
  request: { id: string; number: string; decision: Decision },
): string => lines('countersign request', origin, request.id, request.number, request.decision)

/** Proof that whoever pairs holds the private key; bound to the pairing code. */
export const pairingText = (origin: string, code: string): string =>
  lines('countersign pairing', origin, code)

/** Leave to unlink the device itself, said at a moment (ISO 8601) that must be recent. */
export const unlinkText = (origin: string, authenticatorId: string, at: string): string =>
  lines('countersign unlink', origin, authenticatorId, at)

/** Seconds a token of the Authenticator is shown. */
export const tokenPeriod = 20

/** A secret of 20 bytes: as long as the hash's output is worth here (RFC 4226 §4 R6). */
export const tokenSecretLength = 20

/** Which period a moment lies in. */
export const tokenCounter = (ms: number): number => Math.floor(ms / 1000 / tokenPeriod)

/** The eight bytes that are hashed for a period (RFC 4226 §5.2). */
export const counterBytes = (counter: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(counter))
  return bytes
}

/** Six digits from an HMAC of the period by dynamic truncation (RFC 4226 §5.3). */
export const tokenDigits = (mac: Uint8Array): string => {
  const offset = (mac.at(-1) ?? 0) & 15
  const value = new DataView(mac.buffer, mac.byteOffset).getUint32(offset) & 0x7fffffff
  return String(value % 1_000_000).padStart(6, '0')
}
