import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const b64 = (data: Uint8Array) => Buffer.from(data).toString('base64url')

type Options = {
  challenge: string
  rp?: { id?: string }
  rpId?: string
  user?: { id: string }
}

/** What a dishonest page, browser or key changes. */
export type Twist = {
  origin?: string
  rpId?: string
  challenge?: string
  type?: string
  userVerified?: boolean
  counter?: number
  algorithm?: number
  userHandle?: string | null
  id?: string
  rawId?: string
}

/** ES256 key in COSE form (RFC 9053 §7.1). */
const coseKey = (key: KeyObject, algorithm: number) => {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return isoCBOR.encode(
    new Map<number, number | Uint8Array<ArrayBuffer>>([
      [1, 2],
      [3, algorithm],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]),
  )
}

const authData = (rpId: string, flags: number, counter: number, attested: Uint8Array = Buffer.alloc(0)) => {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, attested])
}

const clientData = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

/** A security key in software, honest unless it is told otherwise: WebAuthn L3 §6 with "none" attestation. */
export const securityKey = (origin: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0
  let userHandle: string | undefined
  const flagsOf = (twist: Twist) => 0x01 | (twist.userVerified === false ? 0 : 0x04)
  const named = (twist: Twist) => ({
    id: twist.id ?? b64(id),
    rawId: twist.rawId ?? b64(id),
    type: 'public-key',
  })
  const wrap = (twist: Twist, response: Record<string, unknown>) => ({
    ...named(twist),
    response,
    clientExtensionResults: {},
  })
  return {
    create: (options: Options, twist: Twist = {}) => {
      userHandle = options.user?.id
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const key = coseKey(publicKey, twist.algorithm ?? -7)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, key])
      const rpId = twist.rpId ?? options.rp?.id ?? ''
      const data = authData(rpId, flagsOf(twist) | 0x40, counter, attested)
      const statement = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(data)],
      ])
      const client = clientData(
        twist.type ?? 'webauthn.create',
        twist.challenge ?? options.challenge,
        twist.origin ?? origin,
      )
      const attestationObject = b64(isoCBOR.encode(statement as Parameters<typeof isoCBOR.encode>[0]))
      return wrap(twist, { clientDataJSON: b64(client), attestationObject, transports: ['usb'] })
    },
    get: (options: Options, twist: Twist = {}) => {
      counter = twist.counter ?? counter + 1
      const data = authData(twist.rpId ?? options.rpId ?? '', flagsOf(twist), counter)
      const client = clientData(
        twist.type ?? 'webauthn.get',
        twist.challenge ?? options.challenge,
        twist.origin ?? origin,
      )
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      const handle = twist.userHandle === undefined ? userHandle : twist.userHandle
      const response = {
        clientDataJSON: b64(client),
        authenticatorData: b64(data),
        signature: b64(signature),
        ...(handle ? { userHandle: handle } : {}),
      }
      return wrap(twist, response)
    },
  }
}
