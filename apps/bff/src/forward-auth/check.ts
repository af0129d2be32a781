import type { Deps } from '@countersign/core/deps'
import { domainOf, type Forwarded, readTold } from '@countersign/core/forward-auth/address'
import { checkEntry } from '@countersign/core/forward-auth/check-entry'
import { type ForwardAuth, ticketPath } from '@countersign/core/forward-auth/enter-application'
import { redeemTicket } from '@countersign/core/forward-auth/redeem-ticket'
import { hashToken, newToken } from '@countersign/core/keys/tokens'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { type Proxies, peerOf, peerTrust } from '../http/client-address.ts'
import { isPage } from './is-page.ts'
import { browserCookie, browserIn, passCookie, passIn, withoutOurs } from './pass-cookie.ts'
import { remoteHeaders } from './remote-headers.ts'

const unreadable = 'The proxy did not say what was asked for, or it was not https.'

type Header = (name: string) => string | undefined

/** As Node has them already; a `Headers` object made for each request would cost more than all else here. */
const headerOf = (c: Context): Header => {
  const headers = (c.env as Partial<HttpBindings> | undefined)?.incoming?.headers
  if (!headers) return (name) => c.req.header(name)
  return (name) => headers[name] as string | undefined
}

const plain = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }

const say = (status: 400 | 401 | 403 | 503, text: string, headers: Record<string, string> = {}) =>
  new Response(`${text}\n`, { status, headers: { ...plain, ...headers } })

/**
 * Sends a browser to another address. nginx takes no redirect from a check, so a page it asks for by `auth_request`
 * is answered with 401 and the same headers, which its snippet makes a redirect of.
 */
const send = (header: Header, location: string, cookie: string) =>
  new Response(null, {
    status: header('x-forward-auth') === 'nginx' ? 401 : 302,
    headers: {
      Location: location,
      'Set-Cookie': cookie,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    },
  })

/** To the portal's page about this address. What the browser keeps here, only its hash goes there. */
const toPortal = (header: Header, deps: Deps, { whole }: Forwarded) => {
  const asked = whole()
  if (!asked) return say(400, unreadable)
  const browser = browserIn(header('cookie')) ?? newToken()
  const there = new URL('/enter-site', deps.origin)
  there.searchParams.set('to', asked.url.href)
  there.searchParams.set('browser', hashToken(browser).toString('base64url'))
  return send(header, there.href, browserCookie(browser))
}

/** Back from the portal: the ticket is made a pass, and the browser goes on to where it wanted to be. */
const redeem = async (header: Header, deps: Deps, forward: ForwardAuth, { whole }: Forwarded) => {
  const asked = whole()
  if (!asked) return say(400, unreadable)
  const { host, url } = asked
  const browser = browserIn(header('cookie'))
  const ticket = url.searchParams.get('ticket') ?? ''
  const pass = browser && (await redeemTicket(deps, { host, ticket, browser }))
  if (!pass) return say(400, 'This way in was used or is over. Open the page once more.')
  const { domain, shared } = domainOf(host, forward.domains)
  // Only an address of this very host, as a browser will read it: "//elsewhere" and "/<tab>/elsewhere" are others.
  const to = URL.parse(url.searchParams.get('to') ?? '/', url.origin)
  const there = to?.href.startsWith(`${url.origin}/`) ? to.href : `${url.origin}/`
  return send(header, there, passCookie(pass, shared ? domain : null))
}

const answer = async (header: Header, deps: Deps, forward: ForwardAuth, asked: Forwarded) => {
  if (asked.path.startsWith(`${ticketPath}?`)) return redeem(header, deps, forward, asked)
  const cookies = header('cookie')
  const { host } = asked
  const { domain, shared } = domainOf(host, forward.domains)
  const checked = await checkEntry(deps, { host, domain, pass: passIn(cookies, shared) })
  if (checked.outcome === 'unknown-host') return say(403, 'No application is registered at this host.')
  if (checked.outcome === 'enter') {
    const rest = withoutOurs(cookies)
    const headers = remoteHeaders(checked.person)
    if (rest !== null) headers.Cookie = rest
    return new Response(null, { status: 200, headers })
  }
  if (isPage(header)) return toPortal(header, deps, asked)
  return checked.outcome === 'refuse'
    ? say(403, 'This person may not enter here.')
    : say(401, 'Sign in first.', { 'WWW-Authenticate': `Countersign realm="${deps.origin}"` })
}

/**
 * The one address that nginx, Caddy and Traefik ask about each request to a guarded host. Apart from the API and its
 * middleware: nothing is read here but what the proxy says, one cookie and one row. Only proxies we trust are
 * believed; from anybody else it is no address at all.
 */
export const forwardAuthRoutes = (deps: Deps, forward: ForwardAuth, proxies: Proxies) => {
  const isTrusted = peerTrust(proxies)
  return new Hono().all('/forward-auth', async (c) => {
    if (!isTrusted(peerOf(c))) return say(403, 'Only a trusted proxy may ask.')
    const header = headerOf(c)
    const [proto, host, uri] = [
      header('x-forwarded-proto'),
      header('x-forwarded-host'),
      header('x-forwarded-uri'),
    ]
    const asked = readTold({ proto, host, uri }, forward.allowHttp)
    if (!asked) return say(400, unreadable)
    try {
      return await answer(header, deps, forward, asked)
    } catch (error) {
      // Whatever fails, nobody enters; a proxy shows this as it is.
      deps.log.error({ error }, 'forward authentication')
      return say(503, 'The sign-in did not answer. Try again in a moment.', { 'Retry-After': '2' })
    }
  })
}
