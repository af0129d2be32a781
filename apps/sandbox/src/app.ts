import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { appsPage } from './apps/pages.ts'
import { type AppName, appNames, createRelyingParty } from './apps/relying-party.ts'
import { appRoutes } from './apps/routes.ts'
import type { AppSessions } from './apps/sessions.ts'
import type { Clock } from './control/clock/clock.ts'
import { clockRoutes } from './control/clock/routes.ts'
import type { Events } from './control/events.ts'
import { faultRoutes } from './control/fault-routes.ts'
import type { Faults } from './control/faults.ts'
import { inTurn } from './control/in-turn.ts'
import type { Portal } from './control/portal.ts'
import { portalRoutes } from './control/portal-routes.ts'
import { duoPage } from './duo/admin/page.ts'
import { duoApi } from './duo/admin/routes.ts'
import type { Duo } from './duo/duo.ts'
import { oauthRoutes } from './duo/oauth/routes.ts'
import { promptRoutes } from './duo/prompt/routes.ts'
import type { Settings } from './env.ts'
import { eventStream } from './http/event-stream.ts'
import { answerProblem } from './http/problem.ts'
import { sameSite } from './http/same-site.ts'
import type { Messages } from './messages/messages.ts'
import { messageRoutes } from './messages/routes.ts'
import { type WebhookInbox, webhookApi, webhookRoutes } from './messages/webhooks.ts'
import { pageRoutes } from './page/routes.ts'
import { shell } from './page/shell.ts'
import { pushApi, pushEndpoint } from './push-service/routes.ts'
import type { PushService } from './push-service/subscriptions.ts'
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
  duo: Duo
  push: PushService
  webhooks: WebhookInbox
  /** What each demo application remembers. */
  apps: Record<AppName, AppSessions>
  /** Where the throwaway certificate authority's certificate was written. */
  caFile: string
  /** Where the listeners ended up; known only once they listen. */
  ports: () => { http: number; smtp: number; tls: number }
}

/** All of the sandbox that is reached over HTTP. */
export function createApp(parts: Parts) {
  const { portalUrl } = parts.settings
  const baseUrl = () => `http://localhost:${parts.ports().http}`
  const parties = appNames.map((name) => createRelyingParty(name, parts.settings.apps, baseUrl))
  const app = new Hono<{ Bindings: HttpBindings }>()
    .onError(answerProblem)
    .use(secureHeaders({ xFrameOptions: 'SAMEORIGIN', strictTransportSecurity: false }))
    .get('/healthz', (c) => c.text('ok'))
    .route('/', twilioRoutes({ ...parts, twilio: parts.settings.twilio, baseUrl }))
    .route('/', promptRoutes(parts.duo))
    .route('/webhooks', webhookRoutes(parts.webhooks))
    .use('/api/*', sameSite)
    .route('/api', controlRoutes(parts))
    .route('/', pageRoutes({ ...parts, portalUrl }))
    .get('/duo', (c) =>
      c.html(
        shell({
          title: 'Duo',
          tab: 'duo',
          portalUrl,
          body: duoPage(parts.duo, parts.caFile),
          script: 'duo.js',
        }),
      ),
    )
    .get('/apps', (c) =>
      c.html(shell({ title: 'Applications', tab: 'apps', portalUrl, body: appsPage(parties) })),
    )
    .get('/api/credentials', (c) => c.json(credentials(parts, baseUrl())))
  for (const party of parties) app.route(`/apps/${party.name}`, appRoutes(party, parts.apps[party.name]))
  return app
}

function controlRoutes(parts: Parts) {
  const { clock, faults, portal, messages, verifications, duo, push, apps, webhooks, events, ports } = parts
  const oneByOne = inTurn()
  const prepare = async () => {
    faults.healAll()
    await portal.setClock(0)
    clock.set(0)
  }
  const reset = (duoUsers: string[]) => {
    verifications.clear()
    messages.clear()
    duo.reset(duoUsers)
    push.clear()
    webhooks.clear()
    for (const name of appNames) apps[name].clear()
  }
  return new Hono<{ Bindings: HttpBindings }>()
    .get('/events', eventStream(events))
    .route('/messages', messageRoutes(messages))
    .route('/webhooks', webhookApi(webhooks))
    .route('/clock', clockRoutes({ clock, portal, oneByOne }))
    .route('/faults', faultRoutes(faults))
    .route('/duo', duoApi(duo))
    .route(
      '/push',
      pushApi(push, () => tlsOrigin(ports)),
    )
    .route('/', portalRoutes({ portal, oneByOne, prepare, reset }))
}

const tlsOrigin = (ports: Parts['ports']) => `https://localhost:${ports().tls}`

/** What is reached over TLS: Duo's server leg, whose browser leg is on the plain port, and the push service. */
export function createTlsApp({ duo, push, ports }: Parts) {
  return new Hono<{ Bindings: HttpBindings }>()
    .onError(answerProblem)
    .route('/oauth/v1', oauthRoutes(duo))
    .route(
      '/push',
      pushEndpoint(push, () => tlsOrigin(ports)),
    )
}

/** Enough to point any client of the originals at the sandbox. */
function credentials({ settings, duo, caFile, ports }: Parts, baseUrl: string) {
  return {
    duo: { ...duo.keys, apiHostname: duo.apiHostname(), caFile, promptOrigin: baseUrl },
    twilio: {
      ...settings.twilio,
      verifyUrl: baseUrl + twilioPaths.verify,
      lookupsUrl: baseUrl + twilioPaths.lookups,
    },
    smtp: { host: 'localhost', port: ports().smtp },
  }
}
