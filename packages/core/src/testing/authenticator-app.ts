import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import {
  counterBytes,
  type Decision,
  decisionText,
  pairingText,
  tokenCounter,
  tokenDigits,
  unlinkText,
} from '@countersign/contract'

const signed = (key: KeyObject, text: string) =>
  sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')

/** The Countersign Authenticator without its screen: what it sends, signed as it signs. */
export const authenticatorApp = (origin: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const secret = randomBytes(20)
  return {
    pairing: (code: string, name = 'Grace’s phone') => ({
      code,
      name,
      publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
      secret: secret.toString('base64url'),
      signature: signed(privateKey, pairingText(origin, code)),
    }),
    answer: (id: string, decision: Decision, number = '') => ({
      decision,
      number,
      signature: signed(privateKey, decisionText(origin, { id, number, decision })),
    }),
    unlink: (authenticatorId: string, at: Date) => ({
      at: at.toISOString(),
      signature: signed(privateKey, unlinkText(origin, authenticatorId, at.toISOString())),
    }),
    token: (at: Date) =>
      tokenDigits(
        createHmac('sha256', secret)
          .update(counterBytes(tokenCounter(at.getTime())))
          .digest(),
      ),
  }
}

export type AuthenticatorApp = ReturnType<typeof authenticatorApp>
