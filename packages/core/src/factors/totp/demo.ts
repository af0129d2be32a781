import { generateURI, ScureBase32Plugin } from 'otplib'
import type { TotpCredential } from './totp.ts'

const base32 = new ScureBase32Plugin()

/** An authenticator as demo data stores it, from a known key. */
export const demoApp = (key: Buffer) => ({ factor: 'totp' as const, credential: credentialOf(key) })

const credentialOf = (key: Buffer): TotpCredential => ({
  secret: base32.encode(key, { padding: false }),
  lastStep: 0,
})

/** The same key as an authenticator app reads it. */
export const appUri = (key: Buffer, email: string) => {
  const secret = base32.encode(key, { padding: false })
  return { secret, uri: generateURI({ issuer: 'Countersign', label: email, secret }) }
}
