import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createApp, createTlsApp } from './app.ts'
import { createAppSessions } from './apps/sessions.ts'
import { createClock } from './control/clock/clock.ts'
import { createEvents } from './control/events.ts'
import { createFaults } from './control/faults.ts'
import { createPortal } from './control/portal.ts'
import { createDuo } from './duo/duo.ts'
import { duoKeys } from './duo/keys.ts'
import type { Settings } from './env.ts'
import { throwawayCertificate } from './http/certificate.ts'
import { closeNow, listen } from './http/listen.ts'
import { createMailServer } from './messages/mail-server.ts'
import { createMessages } from './messages/messages.ts'
import { createWebhookInbox } from './messages/webhooks.ts'
import { createPushService } from './push-service/subscriptions.ts'
import { createVerifications } from './twilio/verify/verifications.ts'

/** Builds a sandbox of its own and resolves once it listens. Rejects when a port is taken. */
export async function createSandbox(settings: Settings) {
  const events = createEvents()
  const clock = createClock(events)
  const faults = createFaults(events, settings.slowMs)
  const messages = createMessages(clock, events)
  const verifications = createVerifications(clock)
  const portal = createPortal(settings)

  const ports = { http: settings.port, smtp: settings.smtpPort, tls: settings.tlsPort }
  const folder = join(settings.home, 'sandbox')
  const keys = await duoKeys(folder)
  const { ca, ...certificate } = await throwawayCertificate()
  const caFile = join(folder, 'duo-ca.pem')
  await mkdir(folder, { recursive: true })
  await writeFile(caFile, ca)
  const duo = createDuo({ keys, clock, events, faults, apiHostname: () => `localhost:${ports.tls}` })

  const push = createPushService(events, clock.now)
  const apps = { portal: createAppSessions(), backup: createAppSessions() }

  const webhooks = createWebhookInbox()
  const outside = { messages, verifications, duo, push, apps, webhooks }
  const shared = { settings, events, clock, faults, portal, ...outside, caFile }
  const parts = { ...shared, ports: () => ports }
  const http = createServer(getRequestListener(createApp(parts).fetch))
  const tls = createTlsServer(certificate, getRequestListener(createTlsApp(parts).fetch))
  const mail = createMailServer(parts)
  const stop = async () => {
    faults.close()
    await Promise.all([closeNow(http), closeNow(tls), mail.close()])
  }

  try {
    ports.tls = await listen(tls, settings.tlsPort, settings.host)
    ports.smtp = await listen(mail.server, settings.smtpPort, settings.host)
    // Last, because whoever is answered here may use all the others.
    ports.http = await listen(http, settings.port, settings.host)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `http://localhost:${ports.http}`, ports, stop }
}
