import type { Events } from '../events.ts'

/** The product's clock: the machine's own, moved by an offset that both processes share. */
export type Clock = ReturnType<typeof createClock>

export function createClock(events: Events, machineNow: () => number = Date.now) {
  let offsetMs = 0
  return {
    now: () => new Date(machineNow() + offsetMs),
    offsetMs: () => offsetMs,
    set: (ms: number) => {
      offsetMs = ms
      events.emit('clock')
    },
  }
}
