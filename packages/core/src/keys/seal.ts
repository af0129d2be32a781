import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** Encryption keys by id; the first seals, all open. */
export type KeyRing = { id: string; key: Buffer }[]

export type Seal = {
  /**
   * AES-256-GCM with a fresh 96-bit IV: `v1.<key id>.<iv>.<ciphertext and tag>`, base64url.
   * @param binding what the record belongs to (table, column, row, person); it must be given again to open it.
   */
  close: (plain: unknown, binding: string) => string
  /** @throws when the key is unknown, the text was altered, or it was sealed for something else */
  open: (sealed: string, binding: string) => unknown
  /** True when a record is sealed under a key that is not the active one. */
  isStale: (sealed: string) => boolean
}

/** One key per purpose, so that a record of one kind never opens as another. HKDF-SHA-256, RFC 5869. */
const derive = (key: Buffer, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `countersign ${purpose}`, 32)))

/** Seals JSON values at rest. NIST SP 800-38D; ASVS 11.3.2, 11.3.3. */
export const createSeal = (ring: KeyRing): Seal => {
  const keys = new Map(ring.map(({ id, key }) => [id, derive(key, 'seal')]))
  const active = ring[0]?.id
  if (active === undefined) throw new Error('No sealing key')
  return {
    close: (plain, binding) => {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keys.get(active) as KeyObject, iv)
      cipher.setAAD(Buffer.from(binding))
      const sealed = Buffer.concat([
        cipher.update(JSON.stringify(plain), 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ])
      return `v1.${active}.${iv.toString('base64url')}.${sealed.toString('base64url')}`
    },
    open: (sealed, binding) => {
      const [version, id = '', iv = '', body = ''] = sealed.split('.')
      const key = keys.get(id)
      if (version !== 'v1' || !key) throw new Error(`No key ${id} to open this record`)
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), {
        authTagLength: 16,
      })
      decipher.setAAD(Buffer.from(binding))
      decipher.setAuthTag(bytes.subarray(-16))
      return JSON.parse(decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8'))
    },
    isStale: (sealed) => sealed.split('.')[1] !== active,
  }
}
