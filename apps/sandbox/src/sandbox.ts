import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './app.ts'
import { createClock } from './control/clock/clock.ts'
import { createEvents } from './control/events.ts'
import { createFaults } from './control/faults.ts'
import { createPortal } from './control/portal.ts'
import type { Settings } from './env.ts'
import { closeNow, listen } from './http/listen.ts'
import { createMailServer } from './messages/mail-server.ts'
import { createMessages } from './messages/messages.ts'
import { createVerifications } from './twilio/verify/verifications.ts'

export type Sandbox = Awaited<ReturnType<typeof createSandbox>>

/** Builds a sandbox of its own and resolves once it listens. Rejects when a port is taken. */
export async function createSandbox(settings: Settings) {
  const events = createEvents()
  const clock = createClock(events)
  const faults = createFaults(events, settings.slowMs)
  const messages = createMessages(clock, events)
  const verifications = createVerifications(clock)
  const portal = createPortal(settings)

  const ports = { http: settings.port, smtp: settings.smtpPort }
  const parts = { settings, events, clock, faults, messages, verifications, portal, ports: () => ports }
  const http = createServer(getRequestListener(createApp(parts).fetch))
  const mail = createMailServer(parts)
  const stop = async () => {
    faults.close()
    await Promise.all([closeNow(http), mail.close()])
  }

  try {
    ports.http = await listen(http, settings.port, settings.host)
    ports.smtp = await listen(mail.server, settings.smtpPort, settings.host)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `http://localhost:${ports.http}`, ports, stop }
}
