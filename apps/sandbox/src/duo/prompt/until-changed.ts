import type { Socket } from 'node:net'
import type { Events } from '../../control/events.ts'

const patienceMs = 20_000

/** Resolves once `changed` says so, when the caller left, or after a while, so that no request hangs for ever. */
export function untilChanged(events: Events, socket: Socket, changed: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      unsubscribe()
      socket.off('close', finish)
      resolve()
    }
    const timer = setTimeout(finish, patienceMs)
    timer.unref()
    const unsubscribe = events.on(() => {
      if (changed()) finish()
    })
    socket.once('close', finish)
    if (changed()) finish()
  })
}
