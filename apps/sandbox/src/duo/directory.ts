import { z } from 'zod'
import type { Events } from '../control/events.ts'

export const deviceKinds = { mobile: 'Mobile phone', tablet: 'Tablet' } as const
export const systems = { ios: 'iPhone', android: 'Android' } as const

export type Device = { kind: keyof typeof deviceKinds; system: keyof typeof systems; number: string | null }
export type DuoUser = { username: string; device: Device; sinceSetUp: string }

/**
 * Ways in which an answer of Duo's can be wrong or hostile, so that whoever believes it can be caught. The client
 * library rejects most of them; `denied` and `swapped-state` are for the product itself to notice.
 */
export const mischiefs = [
  'none',
  'denied',
  'other-user',
  'other-case',
  'wrong-issuer',
  'wrong-audience',
  'expired',
  'hs256',
  'unsigned',
  'swapped-state',
  'nonsense',
] as const

export const policyShape = z
  .object({ bypass: z.boolean(), mischief: z.enum(mischiefs) })
  .partial()
  .strict()
export type Policy = { bypass: boolean; mischief: (typeof mischiefs)[number] }

const ordinary: Policy = { bypass: false, mischief: 'none' }

/** Whom Duo knows, and what its administrator has decided. Usernames are told apart without regard to case. */
export function createDirectory(events: Events, now: () => Date) {
  const users = new Map<string, DuoUser>()
  let policy = ordinary
  const keyOf = (username: string) => username.trim().toLowerCase()
  return {
    find: (username: string) => users.get(keyOf(username)),
    all: () => [...users.values()],
    setUp: (username: string, device: Device) => {
      users.set(keyOf(username), { username, device, sinceSetUp: now().toISOString() })
      events.emit('duo')
    },
    forget: (username: string) => {
      const known = users.delete(keyOf(username))
      events.emit('duo')
      return known
    },
    policy: () => policy,
    changePolicy: ({ bypass = policy.bypass, mischief = policy.mischief }: z.infer<typeof policyShape>) => {
      policy = { bypass, mischief }
      events.emit('duo')
      return policy
    },
    clear: () => {
      users.clear()
      policy = ordinary
      events.emit('duo')
    },
  }
}
