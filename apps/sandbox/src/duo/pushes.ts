import { randomUUID } from 'node:crypto'
import type { Events } from '../control/events.ts'
import type { DuoUser } from './directory.ts'

export type Decision = 'approve' | 'deny' | 'fraud'
type Status = 'waiting' | 'approved' | 'denied' | 'fraud' | 'expired'

export type Push = {
  id: string
  username: string
  device: DuoUser['device']
  status: Status
  /** ISO 8601 on the product's clock. */
  sentAt: string
}

/** Duo Mobile shows a request for a minute. */
const pushLifetimeMs = 60_000

const outcome = { approve: 'approved', deny: 'denied', fraud: 'fraud' } as const

export function createPushes(events: Events, now: () => Date) {
  let pushes: Push[] = []

  const current = (push: Push): Push => {
    const late = now().getTime() - Date.parse(push.sentAt) >= pushLifetimeMs
    return push.status === 'waiting' && late ? { ...push, status: 'expired' } : push
  }

  const find = (id: string) => {
    const found = pushes.find((push) => push.id === id)
    return found && current(found)
  }

  return {
    send: ({ username, device }: DuoUser): Push => {
      const sentAt = now().toISOString()
      const push: Push = { id: randomUUID(), username, device, status: 'waiting', sentAt }
      pushes = [push, ...pushes].slice(0, 500)
      events.emit('duo')
      return push
    },
    find,
    /** Newest first. */
    all: () => pushes.map(current),
    /** Answers undefined when there is nothing to decide any more. */
    decide: (id: string, decision: Decision): Push | undefined => {
      if (find(id)?.status !== 'waiting') return undefined
      pushes = pushes.map((push) => (push.id === id ? { ...push, status: outcome[decision] } : push))
      events.emit('duo')
      return find(id)
    },
    clear: () => {
      pushes = []
      events.emit('duo')
    },
  }
}
