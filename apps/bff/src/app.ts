import type { Deps } from '@countersign/core/deps'
import type { ForwardAuth } from '@countersign/core/forward-auth/enter-application'
import { Problem } from '@countersign/core/problem'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { forwardAuthRoutes } from './forward-auth/check.ts'
import { clientAddresses, parseProxies, peerOf } from './http/client-address.ts'
import { limitBody } from './http/limit-body.ts'
import { onError, problemResponse } from './http/problem.ts'
import type { Env } from './http/request.ts'
import { sameOrigin } from './http/same-origin.ts'
import { securityHeaders } from './http/security-headers.ts'
import { createProviders } from './oidc/provider/providers.ts'
import { oidcRoutes } from './oidc/routes.ts'
import { accountRoutes } from './routes/account.ts'
import { applicationRoutes } from './routes/applications.ts'
import { auditRoutes } from './routes/audit.ts'
import { authenticatorRoutes } from './routes/authenticator.ts'
import { challengeRoutes } from './routes/challenges.ts'
import { companyRoutes } from './routes/company.ts'
import { duoRoutes } from './routes/duo.ts'
import { employeeRoutes } from './routes/employees.ts'
import { forwardEntryRoutes } from './routes/forward-auth.ts'
import { linkRoutes } from './routes/links.ts'
import { networkRoutes } from './routes/networks.ts'
import { passkeyRoutes } from './routes/passkey.ts'
import { provisioningRoutes } from './routes/provisioning.ts'
import { recoveryRoutes } from './routes/recovery.ts'
import { sessionRoutes } from './routes/session.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { scim } from './scim/scim.ts'

export type AppOptions = {
  /** Proxies whose X-Forwarded-For is believed, addresses or CIDR ranges. */
  trustedProxies: string[]
  /** Parent domains whose guarded hosts share a sign-in. */
  forwardAuthDomains?: string[]
}

/** Nothing we take is larger (ASVS 4.3.1); uploads say so on their own route. */
const bodySize = 16 * 1024

/** Routes with a limit of their own. */
const uploads = new Set(['/api/employees/imports'])

const api = (deps: Deps, forward: ForwardAuth) =>
  new Hono<Env>()
    .route('/sign-in/passkey', passkeyRoutes(deps))
    .route('/sign-in', signInRoutes(deps))
    .route('/challenges', challengeRoutes(deps))
    .route('/session', sessionRoutes(deps))
    .route('/account', accountRoutes(deps))
    .route('/duo', duoRoutes(deps))
    .route('/links', linkRoutes(deps))
    .route('/company', companyRoutes(deps))
    .route('/networks', networkRoutes(deps))
    .route('/applications', applicationRoutes(deps))
    .route('/provisioning', provisioningRoutes(deps))
    .route('/audit', auditRoutes(deps))
    .route('/webhooks', webhookRoutes(deps))
    .route('/forward-auth', forwardEntryRoutes(deps, forward))
    .route('/authenticator', authenticatorRoutes(deps))
    .route('/recovery', recoveryRoutes(deps))
    .route('/employees', employeeRoutes(deps))

/** The whole API, as the SPA's typed client sees it. */
export type Api = ReturnType<typeof api>

/** The server without its sockets: middleware, routes, errors. */
export const createApp = (deps: Deps, options: AppOptions) => {
  const proxies = parseProxies(options.trustedProxies)
  const addressOf = clientAddresses(proxies)
  const app = new Hono<Env>()
  app.onError(onError(deps))
  const allowHttp = deps.origin.startsWith('http:')
  const forward = { domains: options.forwardAuthDomains ?? [], allowHttp }
  // Before all middleware: it is asked with each request of each application.
  app.route('/', forwardAuthRoutes(deps, forward, proxies))
  app.use(securityHeaders)
  const named = createMiddleware<Env>((c, next) => {
    // Asked for by what is counted or recorded, which most reads are not.
    c.set('address', () => addressOf(peerOf(c), c.req.header('x-forwarded-for')))
    return next()
  })
  const limit = limitBody(bodySize)
  for (const path of ['/oidc/*', '/.well-known/*']) app.use(path, named, limit)
  app.use('/api/*', named)
  app.use('/scim/*', named)
  app.use('/api/*', sameOrigin(deps.origin))
  app.use('/api/*', (c, next) => (uploads.has(c.req.path) ? next() : limit(c, next)))
  app.get('/healthz', async (c) => {
    await deps.sql`select 1`
    return c.text('ok')
  })
  app.route('/', oidcRoutes(deps, createProviders(deps)))
  app.route('/api', api(deps, forward))
  app.route('/scim/v2', scim(deps))
  app.all('/api/*', (c) => problemResponse(c, new Problem('not-found')))
  return app
}
