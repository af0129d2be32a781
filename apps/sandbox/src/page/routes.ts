import { type Context, Hono } from 'hono'
import { html, raw } from 'hono/html'
import type { Clock } from '../control/clock/clock.ts'
import type { Faults } from '../control/faults.ts'
import type { Messages } from '../messages/messages.ts'
import { assets } from './assets.ts'
import { messagesPage } from './messages-page.ts'
import { scenariosPage } from './scenarios-page.ts'
import { shell } from './shell.ts'
import { pageState } from './state.ts'

type Parts = { clock: Clock; faults: Faults; messages: Messages; portalUrl: string }

/** A mail may hold anything: no script, no form, nothing loaded; links open a window of their own. */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** The sandbox's own pages. */
export function pageRoutes({ portalUrl, ...parts }: Parts) {
  const page = (title: string, tab: 'messages' | 'scenarios', body: typeof messagesPage) => (c: Context) =>
    c.html(shell({ title, tab, portalUrl, body, script: 'main.js' }))
  return new Hono()
    .get('/', page('Phones and mailbox', 'messages', messagesPage))
    .get('/scenarios', page('Scenarios', 'scenarios', scenariosPage))
    .get('/page/state', (c) => c.json(pageState(parts)))
    .get('/page/mails/:id', (c) => {
      const mail = parts.messages.byId(c.req.param('id'))
      return mail ? c.json(mail) : c.notFound()
    })
    .get('/page/mails/:id/html', (c) => {
      const mail = parts.messages.byId(c.req.param('id'))
      if (!mail?.html) return c.notFound()
      c.header('content-security-policy', mailPolicy)
      return c.html(html`<!doctype html><base target="_blank">${raw(mail.html)}`)
    })
    .route('/page', assets)
}
