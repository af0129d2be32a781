import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { troubled } from '../../http/troubled.ts'
import type { Duo } from '../duo.ts'
import { authorizeRequest } from '../oauth/authorize-request.ts'
import { parametersOf } from '../oauth/parameters.ts'
import type { Visit } from '../visits.ts'
import { advance, sendPush } from './advance.ts'
import { layout, notice } from './layout.ts'
import { letIn, turnAway } from './leave.ts'
import { type Drawn, pushStep, qrStep, setUp } from './steps.ts'
import { untilChanged } from './until-changed.ts'

/** The browser leg: the authorize endpoint and the pages it leads to. `origin` is where the browser reached them. */
export function promptRoutes(duo: Duo) {
  const broken = troubled(duo.faults, 'duo', (c) =>
    c.html(notice('Duo has a problem', 'Please try again later.'), 500),
  )
  const gone = (c: Context) =>
    c.html(notice('This page has expired', 'Go back to the application and sign in again.'), 404)

  /** Changes whenever another page is due. */
  function standing(visit: Visit): string {
    const push = visit.pushId === undefined ? undefined : duo.pushes.find(visit.pushId)
    return [visit.step, visit.activated, push?.id, push?.status].join(' ')
  }

  async function draw(visit: Visit, origin: string, complaint?: string): Promise<Drawn> {
    if (visit.step === 'push')
      return pushStep(visit.pushId === undefined ? undefined : duo.pushes.find(visit.pushId))
    if (visit.step === 'qr') return qrStep(visit, `${origin}/duo/prompt/${visit.id}/activate`)
    return setUp[visit.step](visit, complaint)
  }

  async function show(c: Context, visit: Visit, complaint?: string) {
    const { title, body, waits } = await draw(visit, new URL(c.req.url).origin, complaint)
    const cancel = html`<form method="post" action="/duo/prompt/${visit.id}/cancel"><button class="linkbtn" type="submit">Cancel</button></form>`
    const page = {
      title,
      body: html`${body}${cancel}`,
      username: visit.username,
      seen: waits ? standing(visit) : undefined,
    }
    return c.html(layout(page), complaint ? 422 : 200)
  }

  return new Hono<{ Bindings: HttpBindings }>()
    .use('/oauth/v1/authorize', broken)
    .use('/duo/prompt/*', broken, async (c, next) => {
      await next()
      // Duo's prompt may not be framed; a full-page redirect is required.
      c.header('content-security-policy', "frame-ancestors 'none'")
    })
    .get('/oauth/v1/authorize', async (c) => {
      const request = await authorizeRequest(c.req.query(), duo.keys, `https://${duo.apiHostname()}`)
      if ('disbelief' in request) return c.html(notice('This request is not valid', request.disbelief), 400)
      const user = duo.directory.find(request.username)
      const visit = duo.visits.open(request, user ? 'push' : 'start')
      if (duo.directory.policy().bypass)
        return c.redirect(letIn(duo, visit, { how: 'bypass', device: user?.device }))
      if (user) sendPush(duo, visit)
      return c.redirect(`/duo/prompt/${visit.id}`)
    })
    .get('/duo/prompt/:id', (c) => {
      const visit = duo.visits.find(c.req.param('id'))
      if (!visit) return gone(c)
      const push = visit.pushId === undefined ? undefined : duo.pushes.find(visit.pushId)
      if (push?.status === 'approved')
        return c.redirect(letIn(duo, visit, { how: 'push', device: push.device }))
      if (push?.status === 'denied' || push?.status === 'fraud')
        return c.redirect(turnAway(duo, visit, push.status))
      return show(c, visit)
    })
    .post('/duo/prompt/:id', async (c) => {
      const visit = duo.visits.find(c.req.param('id'))
      if (!visit) return gone(c)
      const complaint = advance(duo, visit, await parametersOf(c))
      return complaint === undefined ? c.redirect(`/duo/prompt/${visit.id}`, 303) : show(c, visit, complaint)
    })
    .post('/duo/prompt/:id/cancel', (c) => {
      const visit = duo.visits.find(c.req.param('id'))
      return visit ? c.redirect(turnAway(duo, visit, 'cancelled'), 303) : gone(c)
    })
    .get('/duo/prompt/:id/activate', (c) => {
      const visit = duo.visits.find(c.req.param('id'))
      if (visit?.step !== 'qr') return gone(c)
      visit.activated = true
      duo.events.emit('duo')
      return c.redirect(`/duo/prompt/${visit.id}`)
    })
    .get('/duo/prompt/:id/changed', async (c) => {
      const changed = () => {
        const visit = duo.visits.find(c.req.param('id'))
        return !visit || standing(visit) !== c.req.query('seen')
      }
      await untilChanged(duo.events, c.env.incoming.socket, changed)
      return c.body(null, 204)
    })
}
