import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import {
  missing,
  type ProxyName,
  snippet,
  startProxy,
} from '../../../../scripts/lib/reverse-proxies/start.ts'
import { createApp } from '../app.ts'
import { guard } from '../testing/guarded.ts'
import { type Browser, testPortal } from '../testing/portal.ts'
import { type Answer, application, fetchAt } from '../testing/proxies.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const wiki = await application()
const grace = 'grace@northwind.test'

// The portal as its own server, without TLS, so that proxies can reach it and need none either.
const here = { app: portal.app, origin: '' }
const server: ServerType = serve({
  fetch: (...asked) => here.app.fetch(...asked),
  port: 0,
  hostname: '127.0.0.1',
})
await once(server, 'listening')
const { port } = server.address() as AddressInfo
here.origin = `http://127.0.0.1:${port}`
here.app = createApp(
  { ...portal.deps, origin: here.origin },
  { trustedProxies: ['127.0.0.0/8'], forwardAuthDomains: ['apps.localhost'] },
)
afterAll(() => void server.close())

const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate' }
const pair = (answer: Answer) => answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
const toldIn = (answer: Answer) =>
  JSON.parse(answer.body) as { url: string; method: string; headers: Record<string, string> }

/** The portal's page, as far as it matters here: asks for the way through with the browser's session. */
const enter = async (web: Browser, location: string): Promise<string> => {
  const { to, browser } = Object.fromEntries(new URL(location).searchParams)
  const answer = await here.app.request(`${here.origin}/api/forward-auth/entries`, {
    method: 'POST',
    headers: {
      origin: here.origin,
      'content-type': 'application/json',
      cookie: `__Host-sid=${web.jar.get('__Host-sid')}`,
    },
    body: JSON.stringify({ to, browser }),
  })
  const result = (await answer.json()) as { location: string }
  expect(result).toMatchObject({ outcome: 'go' })
  return result.location
}

const guarded = async (name: ProxyName) => {
  const { port: proxy, stop } = await startProxy(name, {
    portal: port,
    application: wiki.port,
    host: 'wiki.apps.localhost',
  })
  afterAll(stop)
  const origin = `http://wiki.apps.localhost:${proxy}`
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetchAt(proxy, `${origin}${path}`, { headers, method })
  /** From the first request to the page that was wanted. */
  const arrive = async (web: Browser, path: string) => {
    const sent = await get(path, page)
    const through = await enter(web, sent.headers.location ?? '')
    const back = await get(through.slice(origin.length), { ...page, cookie: pair(sent) })
    return { sent, back, cookie: pair(back) }
  }
  return { host: new URL(origin).host, origin, port: proxy, get, arrive }
}

describe.each(['nginx', 'caddy'] as const)('%s with the snippet of docs/forward-auth.md', (name) => {
  const why = missing(name)
  describe.skipIf(why !== null)(why ?? 'in front of a plain page', async () => {
    const at = why === null ? await guarded(name) : null
    const { host, origin, port: proxy, get, arrive } = at ?? ({} as Awaited<ReturnType<typeof guarded>>)
    beforeEach(async () => {
      await portal.play('enrolled')
      await guard(portal, 'wiki', [host])
      wiki.asked = 0
    })

    test('sends a browser to sign in and back to the page it wanted, which is told who came', async () => {
      const web = await signedIn(portal, grace)
      const { sent, back, cookie } = await arrive(web, '/page?x=1&y=2')
      expect(sent.status).toBe(302)
      expect(sent.headers.location).toContain(`${here.origin}/enter-site?to=`)
      expect(sent.headers['set-cookie']?.[0]).toMatch(/^__Host-countersign-browser=.*HttpOnly; SameSite=Lax$/)
      expect(back.status).toBe(302)
      expect(back.headers.location).toBe(`${origin}/page?x=1&y=2`)
      expect(back.headers['set-cookie']?.[0]).toContain('Domain=apps.localhost')
      expect(wiki.asked).toBe(0)
      const shown = await get('/page?x=1&y=2', { ...page, cookie: `theirs=1; ${cookie}; more=2` })
      expect(shown.status).toBe(200)
      const { url, headers } = toldIn(shown)
      const [person] = await portal.owner`select id, name from persons where email = ${grace}`
      expect(url).toBe('/page?x=1&y=2')
      expect(headers).toMatchObject({
        'remote-user': person?.id,
        'remote-email': grace,
        'remote-name': person?.name,
        'remote-groups': expect.stringMatching(/^employee,company:/),
        cookie: 'theirs=1; more=2',
      })
      // Nothing of ours reaches the application, however it was named.
      expect(shown.body).not.toMatch(/countersign-/)
    })

    test('gives the application no cookie of ours, also where it is the only one', async () => {
      const { cookie } = await arrive(await signedIn(portal, grace), '/')
      const shown = await get('/', { ...page, cookie })
      expect(shown.status).toBe(200)
      expect(toldIn(shown).headers.cookie ?? '').toBe('')
      const twice = await get('/', {
        ...page,
        cookie: `${cookie}; __Host-countersign-browser=${'A'.repeat(43)}; ${cookie}`,
      })
      expect(twice.body).not.toMatch(/countersign-/)
    })

    test('A-79 forged Remote-*: what a client sends is not what the application hears', async () => {
      const forged = {
        'remote-user': 'root',
        'remote-email': 'root@example.com',
        'remote-name': 'Root',
        'remote-groups': 'security_admin',
        Remote_User: 'root',
      }
      expect((await get('/', { ...page, ...forged })).status).toBe(302)
      expect((await get('/', forged)).status).toBe(401)
      expect(wiki.asked).toBe(0)
      const { cookie } = await arrive(await signedIn(portal, grace), '/')
      const { headers } = toldIn(await get('/', { ...page, ...forged, cookie }))
      expect(headers['remote-email']).toBe(grace)
      expect(JSON.stringify(headers)).not.toMatch(/root|Root|security_admin/)
    })

    test('A-78 forged X-Forwarded-*: the proxy says where it stands, not the client', async () => {
      await guard(portal, 'open', ['open.apps.localhost'], { accountTypes: ['client'] })
      const { cookie } = await arrive(await signedIn(portal, 'carol@client.test'), '/')
      await portal.owner`update applications set account_types = '{employee}' where client_id = 'wiki'`
      const forged = {
        'x-forwarded-host': 'open.apps.localhost',
        'x-forwarded-uri': '/.countersign/pass?ticket=x',
        'x-forwarded-method': 'OPTIONS',
        'x-forwarded-proto': 'https',
        'x-forward-auth': 'nginx',
        'x-original-url': 'http://open.apps.localhost/',
        forwarded: 'host=open.apps.localhost',
      }
      const answer = await get('/', { ...forged, accept: 'application/json', cookie })
      expect(answer.status).toBe(403)
      const sent = await get('/', { ...page, ...forged })
      expect([302, 401]).toContain(sent.status)
      if (sent.headers.location) expect(sent.headers.location).toContain(encodeURIComponent(`${origin}/`))
      expect(wiki.asked).toBe(0)
    })

    test('A-78 a request that names two hosts is judged for the one that answers it', async () => {
      const open = host.replace('wiki', 'open')
      await guard(portal, 'open', [open])
      await portal.owner`update applications set account_types = '{client}' where client_id = 'wiki'`
      const { cookie } = await arrive(await signedIn(portal, 'carol@client.test'), '/')
      await portal.owner`update applications set account_types = '{employee}' where client_id = 'wiki'`
      const asked = { accept: 'application/json', cookie }
      // What the request line says goes before the Host header (RFC 9112 §3.2.2); a proxy may look at either.
      for (const [target, named] of [
        [`${origin}/`, open],
        [`http://${open}/`, host],
        ['/', open],
        ['/', `${open}.`],
        ['/', ''],
      ] as const)
        await fetchAt(proxy, origin, { target, headers: { ...asked, host: named } }).catch(() => null)
      expect(wiki.asked).toBe(0)
    })

    test('lets a program know with 401, and with its own 401 what the application said', async () => {
      const answer = await get('/api/things', { accept: 'application/json' })
      expect(answer.status).toBe(401)
      expect(answer.headers.location).toBeUndefined()
      const posted = await get('/api/things', { 'sec-fetch-mode': 'cors' }, 'POST')
      expect(posted.status).toBe(401)
      const { cookie } = await arrive(await signedIn(portal, grace), '/')
      const own = await get('/own-401', { ...page, cookie })
      expect(own.status).toBe(401)
      expect(toldIn(own).url).toBe('/own-401')
    })

    test('refuses with the first request after the sign-out', async () => {
      const web = await signedIn(portal, grace)
      const { cookie } = await arrive(web, '/')
      expect((await get('/', { ...page, cookie })).status).toBe(200)
      await web.delete('/api/session')
      expect((await get('/', { ...page, cookie })).status).toBe(302)
      expect((await get('/', { accept: 'application/json', cookie })).status).toBe(401)
      expect(wiki.asked).toBe(1)
    })

    test('guards every path and method, however it is written', async () => {
      for (const path of [
        '/a/../',
        '//',
        '/%2e%2e/',
        '/.countersign/check',
        '/.countersign/',
        '/.countersign/../',
        '/.COUNTERSIGN/pass',
        '/./.countersign/pass?ticket=x',
        '/x/../.countersign/check',
      ])
        expect((await get(path, { accept: 'application/json' })).status, path).toBeGreaterThanOrEqual(400)
      for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])
        expect((await get('/', {}, method)).status, method).toBe(401)
      expect(wiki.asked).toBe(0)
    })

    test('A-79 tells a script nothing of cookies that are kept from scripts', async () => {
      const { cookie } = await arrive(await signedIn(portal, grace), '/')
      for (const path of ['/.countersign/', '/.countersign/pass', '/x/../.countersign/pass?ticket=x']) {
        const answer = await get(path, { cookie: `${cookie}; theirs=secret` })
        // What the application itself answers repeats what it was told.
        expect(JSON.stringify(answer.headers), path).not.toContain('theirs=secret')
      }
    })

    test('shows what a used ticket is answered with', async () => {
      const answer = await get(`/.countersign/pass?ticket=${'A'.repeat(43)}&to=/`, page)
      expect(answer.status).toBe(400)
      expect(answer.body).toContain('Open the page once more')
      expect(wiki.asked).toBe(0)
    })
  })
})

/** Names in a list of the document's snippet for Traefik. */
const listed = (list: RegExp): string[] =>
  (list.exec(snippet('yaml', {}))?.[1] ?? '').match(/[A-Z][\w-]+/g)?.map((one) => one.toLowerCase()) ?? []

/** What Traefik's documentation says of forwardAuth: the request's headers, X-Forwarded-* of its own, no body. */
const traefik = async (address: string, headers: Record<string, string>) => {
  const url = new URL(address)
  const answer = await fetchAt(port, `${here.origin}/forward-auth`, {
    headers: {
      ...headers,
      'x-forwarded-for': '198.51.100.7',
      'x-forwarded-host': url.host,
      'x-forwarded-method': 'GET',
      'x-forwarded-port': url.port,
      'x-forwarded-proto': 'http',
      'x-forwarded-server': 'traefik',
      'x-forwarded-uri': `${url.pathname}${url.search}`,
    },
  })
  if (answer.status < 200 || answer.status >= 300) return { answer, told: null }
  const told: Record<string, unknown> = { ...headers }
  // customRequestHeaders: "If an empty string is provided, the header will be removed."
  for (const one of listed(/customRequestHeaders: \{(.*?)\}/)) delete told[one]
  // authResponseHeaders: "replacing any existing conflicting headers"; each is removed first.
  for (const one of listed(/authResponseHeaders: \[(.*?)\]/)) {
    delete told[one]
    const said = (answer.headers as Record<string, unknown>)[one]
    if (said !== undefined) told[one] = said
  }
  return { answer, told }
}

describe('what Traefik sends', () => {
  const origin = 'http://wiki.apps.localhost:8088'
  beforeEach(async () => {
    await portal.play('enrolled')
    await guard(portal, 'wiki', ['wiki.apps.localhost:8088'])
  })

  test('leads a browser round, and forged headers and our cookies to nobody', async () => {
    const sent = (await traefik(`${origin}/page`, page)).answer
    expect(sent.status).toBe(302)
    const through = await enter(await signedIn(portal, grace), sent.headers.location ?? '')
    const back = (await traefik(through, { ...page, cookie: pair(sent) })).answer
    expect(back.headers.location).toBe(`${origin}/page`)
    const cookie = pair(back)
    const forged = { 'remote-user': 'root', remote_user: 'root', 'remote-groups': 'security_admin' }
    const { told } = await traefik(`${origin}/page`, { ...page, ...forged, cookie })
    expect(told).toMatchObject({ 'remote-email': grace })
    expect(told).not.toHaveProperty('cookie')
    expect(JSON.stringify(told)).not.toMatch(/root|security_admin|countersign-/)
    expect((await traefik(`${origin}/page`, { accept: 'application/json', ...forged })).answer.status).toBe(
      401,
    )
  })
})
