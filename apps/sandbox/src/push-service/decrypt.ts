import { createDecipheriv, hkdfSync } from 'node:crypto'
import type { Subscription } from './subscriptions.ts'

const saltLength = 16
const keyIdAt = saltLength + 4 + 1
const publicKeyLength = 65
const tagLength = 16

const hkdf = (ikm: Buffer, salt: Buffer, info: Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', ikm, salt, info, length))

/**
 * Reads an `aes128gcm` body (RFC 8188 §2) as the browser that holds the subscription's keys would (RFC 8291 §3).
 * Throws when it is not for this subscription or not one whole record.
 */
export function decrypt(body: Buffer, { ecdh, auth }: Pick<Subscription, 'ecdh' | 'auth'>): string {
  if (body.length < keyIdAt + publicKeyLength + tagLength + 1) throw new Error('The body is too short.')
  const salt = body.subarray(0, saltLength)
  const recordSize = body.readUInt32BE(saltLength)
  if (body[keyIdAt - 1] !== publicKeyLength) throw new Error('The key id has to be the sender’s public key.')
  const senderKey = body.subarray(keyIdAt, keyIdAt + publicKeyLength)
  const record = body.subarray(keyIdAt + publicKeyLength)
  if (record.length > recordSize) throw new Error('A push message has to be a single record.')

  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), senderKey])
  const ikm = hkdf(ecdh.computeSecret(senderKey), auth, keyInfo, 32)
  const key = hkdf(ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = hkdf(ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(record.subarray(-tagLength))
  const padded = Buffer.concat([decipher.update(record.subarray(0, -tagLength)), decipher.final()])

  const end = padded.findLastIndex((byte) => byte !== 0)
  if (padded[end] !== 2) throw new Error('The last record has to end with the delimiter 2.')
  return padded.subarray(0, end).toString('utf8')
}
