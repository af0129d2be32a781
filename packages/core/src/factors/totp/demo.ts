import { generateURI, ScureBase32Plugin } from 'otplib'
import type { TotpCredential } from './totp.ts'

const base32 = new ScureBase32Plugin()

/** A credential from a known key, for demo data. */
export const appCredential = (key: Buffer): TotpCredential => ({
  secret: base32.encode(key, { padding: false }),
  lastStep: 0,
})

/** The same key as an authenticator app reads it. */
export const appUri = (key: Buffer, email: string) => {
  const secret = base32.encode(key, { padding: false })
  return { secret, uri: generateURI({ issuer: 'Countersign', label: email, secret }) }
}
