import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Faults, Service } from '../control/faults.ts'

/**
 * Puts a fault in front of a stand-in. `answerError` speaks the original's own words for a failure of its own.
 * A slow service does nothing for a caller who hung up meanwhile, so that no text arrives long after the test.
 */
export function troubled(
  faults: Faults,
  service: Service,
  answerError: (c: Context) => Response | Promise<Response>,
) {
  return createMiddleware<{ Bindings: HttpBindings }>(async (c, next) => {
    const mode = faults.modeOf(service)
    if (mode === 'error') return answerError(c)
    if (mode === 'down') return hangUp(c.env)
    if (mode === 'slow') {
      const hungUp = new AbortController()
      c.env.incoming.socket.once('close', () => hungUp.abort())
      await faults.wait(service, hungUp.signal)
      if (hungUp.signal.aborted) return RESPONSE_ALREADY_SENT
      if (faults.modeOf(service) === 'down') return hangUp(c.env)
    }
    await next()
  })
}

function hangUp({ incoming }: HttpBindings) {
  incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}
