import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hashRaw } from '@node-rs/argon2'
import PQueue from 'p-queue'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'

export type Passwords = {
  /** A string that holds method, parameters, salt and tag. */
  hash: (password: string) => Promise<string>
  /** Takes as long for nobody (`null`) as for a wrong password. */
  verify: (password: string, stored: string | null) => Promise<boolean>
  /** True when a hash was made under weaker parameters than today's. */
  isStale: (stored: string) => boolean
}

/** @node-rs/argon2's `Algorithm.Argon2id`, a const enum that type stripping cannot read. */
const argon2id = 2

type Cost = { memoryKib: number; passes: number; lanes: number }

/** NFC only: no trimming, folding or truncation (NIST SP 800-63B §3.1.1.2). */
const normalise = (password: string) => password.normalize('NFC')

const describe = ({ memoryKib, passes, lanes }: Cost) => `m=${memoryKib},t=${passes},p=${lanes}`

const parse = (stored: string) => {
  const match = /^argon2id\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored)
  if (!match) return null
  const [, memory, passes, lanes, salt = '', tag = ''] = match
  return {
    cost: { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64url'),
    tag: Buffer.from(tag, 'base64url'),
  }
}

/**
 * Argon2id (RFC 9106) off the event loop, a few at a time, with an HMAC under a key kept outside the database.
 * @throws Problem `unavailable` when too many wait already
 */
export const createPasswords = (pepper: Buffer, cost: Cost = parameters.password): Passwords => {
  const queue = new PQueue({ concurrency: Math.max(1, availableParallelism() - 1) })
  const tag = (password: string, salt: Buffer, { memoryKib, passes, lanes }: Cost) => {
    if (queue.size >= parameters.password.queue) throw new Problem('unavailable', { retryAfter: 5 })
    return queue.add(async () => {
      const raw = await hashRaw(normalise(password), {
        algorithm: argon2id,
        memoryCost: memoryKib,
        timeCost: passes,
        parallelism: lanes,
        outputLen: 32,
        salt,
      })
      return createHmac('sha256', pepper).update(raw).digest()
    })
  }
  const nobody = { cost, salt: randomBytes(16), tag: randomBytes(32) }
  return {
    hash: async (password) => {
      const salt = randomBytes(16)
      const made = await tag(password, salt, cost)
      return `argon2id$${describe(cost)}$${salt.toString('base64url')}$${made.toString('base64url')}`
    },
    verify: async (password, stored) => {
      const known = (stored && parse(stored)) || nobody
      return timingSafeEqual(await tag(password, known.salt, known.cost), known.tag)
    },
    isStale: (stored) => !stored.startsWith(`argon2id$${describe(cost)}$`),
  }
}
