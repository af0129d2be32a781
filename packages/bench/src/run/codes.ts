import { createHmac } from 'node:crypto'

const period = 30

/** The six digits of one time step (RFC 4226 §5.3), by the platform's own HMAC: the least this work can cost. */
export const codeAt = (key: Buffer, step: number): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const binary = mac.readUInt32BE((mac[19] ?? 0) & 15) & 0x7fffffff
  return String(binary % 1_000_000).padStart(6, '0')
}

export const stepNow = (): number => Math.floor(Date.now() / 1000 / period)
