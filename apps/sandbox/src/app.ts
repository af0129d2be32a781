import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Clock } from './control/clock/clock.ts'
import { clockRoutes } from './control/clock/routes.ts'
import type { Events } from './control/events.ts'
import { faultRoutes } from './control/fault-routes.ts'
import type { Faults } from './control/faults.ts'
import { inTurn } from './control/in-turn.ts'
import type { Portal } from './control/portal.ts'
import { portalRoutes } from './control/portal-routes.ts'
import type { Settings } from './env.ts'
import { eventStream } from './http/event-stream.ts'
import { answerProblem } from './http/problem.ts'
import { sameSite } from './http/same-site.ts'
import type { Messages } from './messages/messages.ts'
import { messageRoutes } from './messages/routes.ts'
import { pageRoutes } from './page/routes.ts'
import { twilioPaths, twilioRoutes } from './twilio/routes.ts'
import type { Verifications } from './twilio/verify/verifications.ts'

export type Parts = {
  settings: Settings
  events: Events
  clock: Clock
  faults: Faults
  portal: Portal
  messages: Messages
  verifications: Verifications
  /** Where the listeners ended up; known only once they listen. */
  ports: () => { http: number; smtp: number }
}

/** All of the sandbox that is reached over HTTP. */
export function createApp(parts: Parts) {
  const baseUrl = () => `http://localhost:${parts.ports().http}`
  return new Hono<{ Bindings: HttpBindings }>()
    .onError(answerProblem)
    .use(secureHeaders({ xFrameOptions: 'SAMEORIGIN', strictTransportSecurity: false }))
    .get('/healthz', (c) => c.text('ok'))
    .route('/', twilioRoutes({ ...parts, twilio: parts.settings.twilio, baseUrl }))
    .use('/api/*', sameSite)
    .route('/api', controlRoutes(parts))
    .route('/', pageRoutes({ ...parts, portalUrl: parts.settings.portalUrl }))
    .get('/api/credentials', (c) => c.json(credentials(parts, baseUrl())))
}

function controlRoutes({ clock, faults, portal, messages, verifications, events }: Parts) {
  const oneByOne = inTurn()
  const prepare = async () => {
    faults.healAll()
    await portal.setClock(0)
    clock.set(0)
  }
  const reset = () => {
    verifications.clear()
    messages.clear()
  }
  return new Hono<{ Bindings: HttpBindings }>()
    .get('/events', eventStream(events))
    .route('/messages', messageRoutes(messages))
    .route('/clock', clockRoutes({ clock, portal, oneByOne }))
    .route('/faults', faultRoutes(faults))
    .route('/', portalRoutes({ portal, oneByOne, prepare, reset }))
}

/** Enough to point any client of the originals at the sandbox. */
function credentials({ settings, ports }: Parts, baseUrl: string) {
  return {
    twilio: {
      ...settings.twilio,
      verifyUrl: baseUrl + twilioPaths.verify,
      lookupsUrl: baseUrl + twilioPaths.lookups,
    },
    smtp: { host: 'localhost', port: ports().smtp },
  }
}
