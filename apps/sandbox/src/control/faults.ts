import { z } from 'zod'
import type { Events } from './events.ts'

export const serviceShape = z.enum(['sms', 'duo', 'mail', 'lookup'])
export type Service = z.infer<typeof serviceShape>

/** down: the connection is dropped; slow: the answer comes after half a minute; error: the service says 5xx. */
export const modeShape = z.enum(['down', 'slow', 'error'])
export type Mode = z.infer<typeof modeShape>

export type Faults = ReturnType<typeof createFaults>

export function createFaults(events: Events, slowMs: number) {
  const modes = new Map<Service, Mode>()
  const waiting = new Map<() => void, Service>()

  const release = (service: Service) => {
    for (const [wake, of] of [...waiting]) if (of === service) wake()
  }
  const heal = (service: Service) => {
    if (!modes.delete(service)) return
    release(service)
    events.emit('faults')
  }

  return {
    modeOf: (service: Service) => modes.get(service),
    all: () => Object.fromEntries(serviceShape.options.map((s) => [s, modes.get(s) ?? 'up'])),
    set: (service: Service, mode: Mode) => {
      modes.set(service, mode)
      if (mode !== 'slow') release(service)
      events.emit('faults')
    },
    heal,
    healAll: () => serviceShape.options.forEach(heal),
    /** Waits as long as a slow service would, until it is healed, or until the caller has hung up. */
    wait: (service: Service, hungUp?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          waiting.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, slowMs)
        timer.unref()
        waiting.set(wake, service)
        if (hungUp?.aborted) wake()
        else hungUp?.addEventListener('abort', wake, { once: true })
      }),
    /** Lets everybody go who is still waiting, so that the process can stop. */
    close: () => {
      for (const wake of [...waiting.keys()]) wake()
    },
  }
}
