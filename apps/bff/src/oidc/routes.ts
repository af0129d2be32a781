import { record } from '@countersign/core/audit/record'
import type { Deps } from '@countersign/core/deps'
import { type ErrorHandler, Hono } from 'hono'
import { writeCookie } from '../http/cookies.ts'
import { onError } from '../http/problem.ts'
import type { Env } from '../http/request.ts'
import { isStorable } from '../http/validate.ts'
import { anybody, withCode, withInteraction, withRequest, withToken } from './arrive.ts'
import { bounced } from './bounce.ts'
import { endSession } from './end-session.ts'
import { answerBy } from './provider/bridge.ts'
import { endpoints } from './provider/provider.ts'
import type { Providers } from './provider/providers.ts'
import { judge, type Visit, visits } from './visit.ts'

/** Names of the provider's own cookies, which no browser ever sees. */
const cookies = { session: '_session', resume: '_interaction_resume' }

const answering = (deps: Deps, providers: Providers) => async (visit: Visit, request: Request) => {
  const handler = await providers.handler()
  const made = {
    ...(visit.session && { [cookies.session]: 'live' }),
    ...(visit.shown && { [cookies.resume]: visit.shown }),
  }
  return visits.run(visit, () => answerBy(handler, { origin: deps.origin, request, cookies: made }))
}

type Answer = ReturnType<typeof answering>

/** An error of the provider that went to nobody: our own page says it, and no address of anybody's is followed. */
const toProblemPage = async (answer: Response) => {
  const { error } = (await answer.json().catch(() => ({}))) as { error?: unknown }
  const code = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : 'invalid_request'
  return `/enter-problem?error=${code}`
}

/** Where a browser goes next: to the application, to our own pages, or nowhere but a page that says why. */
const browserAnswer = async (deps: Deps, visit: Visit, answer: Response, params: URLSearchParams) => {
  const location = answer.headers.get('location')
  if (location === null) return toProblemPage(answer)
  const entry = judge(visit, Object.fromEntries(params))
  if (entry?.outcome === 'refuse' && visit.session) {
    const { personId, id, companyId } = visit.session
    await record(deps.sql, visit.now, visit.caller, {
      event: 'application.refused',
      outcome: 'failed',
      companyIds: companyId ? [companyId] : [],
      actorId: personId,
      subjectId: personId,
      sessionId: id,
      detail: { application: entry.reason.application, rule: entry.reason.rule },
    })
  }
  return location
}

const basicUser = (header: string | undefined): string | null => {
  const [, encoded] = /^basic ([\w+/=]+)$/i.exec(header ?? '') ?? []
  const [user] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':')
  try {
    return user ? decodeURIComponent(user.replaceAll('+', '%20')) : null
  } catch {
    return null
  }
}

/** A fault of ours: a person sees a page of ours, which an application has no use for. */
const failing = (deps: Deps): ErrorHandler<Env> => {
  const answer = onError(deps)
  return async (error, c) => {
    const said = await answer(error, c)
    return said.status >= 500 ? c.redirect('/enter-problem?error=temporarily_unavailable', 303) : said
  }
}

/** Where applications send browsers. */
const forBrowsers = (deps: Deps, providers: Providers, answer: Answer) =>
  new Hono<Env>()
    .onError(failing(deps))
    .on('POST', [endpoints.authorization, endpoints.end_session], async (c) => {
      // A request by form is the same request: asked again by address, where a browser brings its cookies.
      const form = new URLSearchParams(await c.req.text())
      return c.redirect(`${c.req.path}?${form}`, 303)
    })
    .get(endpoints.authorization, async (c) => {
      if (!isStorable(c.req.queries())) return c.redirect('/enter-problem?error=invalid_request', 303)
      const round = bounced(c)
      if (round) return round
      const visit = await withRequest(deps, c, c.req.query('client_id') ?? '')
      const said = await answer(visit, c.req.raw)
      const location = await browserAnswer(deps, visit, said, new URL(c.req.url).searchParams)
      if (location.startsWith('/enter/')) writeCookie(c, 'door', visit.browser)
      return c.redirect(location, 303)
    })
    .get(`${endpoints.authorization}/:uid`, async (c) => {
      const visit = await withInteraction(deps, c, c.req.param('uid'))
      const said = await answer(visit, c.req.raw)
      const params = new URLSearchParams((visit.record?.payload.params as Record<string, string>) ?? {})
      return c.redirect(await browserAnswer(deps, visit, said, params), 303)
    })
    .get(endpoints.end_session, async (c) => bounced(c) ?? endSession(deps, providers, c))

/** What applications and their servers ask themselves; no cookie is looked at. */
const forApplications = (deps: Deps, answer: Answer) =>
  new Hono<Env>()
    .get('/.well-known/openid-configuration', async (c) => {
      const said = await answer(anybody(deps, c), c.req.raw)
      // The provider names every mode it could speak; each application may have one.
      const found = { ...((await said.json()) as object), response_modes_supported: ['query'] }
      said.headers.delete('content-length')
      return new Response(JSON.stringify(found), { status: said.status, headers: said.headers })
    })
    .on(['GET', 'OPTIONS'], ['/.well-known/openid-configuration', endpoints.jwks], async (c) =>
      answer(anybody(deps, c), c.req.raw),
    )
    .on(['POST', 'OPTIONS'], endpoints.token, async (c) => {
      const body = await c.req.text()
      const form = new URLSearchParams(body)
      const named = basicUser(c.req.header('authorization')) ?? form.get('client_id') ?? ''
      const clientId = isStorable(named) ? named : ''
      const visit = await withCode(deps, c, clientId, form.get('code') ?? '')
      const { method } = c.req
      return answer(
        visit,
        new Request(c.req.url, { method, headers: c.req.raw.headers, ...(body && { body }) }),
      )
    })
    .on(['GET', 'POST', 'OPTIONS'], endpoints.userinfo, async (c) => {
      const [, token] = /^bearer ([\w-]+)$/i.exec(c.req.header('authorization') ?? '') ?? []
      return answer(token ? await withToken(deps, c, token) : anybody(deps, c), c.req.raw)
    })

/** The OpenID Connect provider, at the addresses that discovery names. */
export const oidcRoutes = (deps: Deps, providers: Providers) => {
  const answer = answering(deps, providers)
  return new Hono<Env>()
    .route('/', forBrowsers(deps, providers, answer))
    .route('/', forApplications(deps, answer))
    .all('/oidc/*', (c) => c.json({ error: 'not_found' }, 404))
}
