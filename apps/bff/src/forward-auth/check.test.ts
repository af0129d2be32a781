import { hours, minutes, seconds } from '@countersign/core/clock'
import { connect } from '@countersign/core/db/connect'
import * as applications from '@countersign/core/db/stores/applications/applications'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { asks, guard, pairOf, passFor } from '../testing/guarded.ts'
import { type Browser, browser, origin, testPortal } from '../testing/portal.ts'
import { answerApp, letIn, signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const grace = 'grace@northwind.test'
const wiki = 'https://wiki.apps.test/page?x=1'
const files = 'https://files.apps.test/'

const json = { headers: { accept: 'application/json' } }

beforeEach(async () => {
  await portal.play('enrolled')
  await guard(portal, 'wiki', ['wiki.apps.test'])
  await guard(portal, 'files', ['files.apps.test'], { accountTypes: ['employee'] })
})

const entered = async (web?: Browser) => passFor(portal, web ?? (await signedIn(portal, grace)), wiki)
const statusAt = async (cookie: string, address = wiki) =>
  (await asks(portal, address, { ...json, cookie })).status

describe('a guarded address', () => {
  test('sends a person to the portal and lets a program know', async () => {
    const page = await asks(portal, wiki)
    expect(page.status).toBe(302)
    const there = new URL(page.headers.get('location') ?? '')
    expect(there.origin + there.pathname).toBe(`${origin}/enter-site`)
    expect(there.searchParams.get('to')).toBe(wiki)
    expect(page.headers.get('set-cookie')).toMatch(
      /^__Host-countersign-browser=[\w-]{43}; Max-Age=600; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
    )
    for (const headers of [
      { accept: 'application/json' },
      { accept: '*/*' },
      { 'x-requested-with': 'XMLHttpRequest' },
      { 'sec-fetch-mode': 'cors' },
      { 'sec-fetch-mode': 'websocket' },
    ] as Record<string, string>[]) {
      const answer = await asks(portal, wiki, { headers })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('location')).toBeNull()
      expect(answer.headers.get('www-authenticate')).not.toBeNull()
    }
  })

  test('is told who came in, and is not shown what they came in with', async () => {
    const cookie = await entered()
    const answer = await asks(portal, wiki, { cookie: `a=1; ${cookie}; b=2; ${cookie}` })
    expect(answer.status).toBe(200)
    const [person] = await portal.owner`select id, name from persons where email = ${grace}`
    expect(answer.headers.get('remote-user')).toBe(person?.id)
    expect(answer.headers.get('remote-email')).toBe(grace)
    expect(answer.headers.get('remote-name')).toBe(person?.name)
    expect(answer.headers.get('remote-groups')).toMatch(/^employee,company:[0-9a-f-]{36}$/)
    expect(answer.headers.get('cookie')).toBe('a=1; b=2')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect((await asks(portal, wiki, { cookie })).headers.get('cookie')).toBeNull()
  })

  test('knows names that are not ASCII, and none that would be two headers', async () => {
    const cookie = await entered()
    await portal.owner`update persons set name = ${'Žofie Ωmega\r\nRemote-Groups: security_admin'} where email = ${grace}`
    const answer = await asks(portal, wiki, { cookie })
    const name = Buffer.from(answer.headers.get('remote-name') ?? '', 'latin1').toString('utf8')
    expect(name).toBe('Žofie Ωmega  Remote-Groups: security_admin')
    expect(answer.headers.get('remote-groups')).not.toContain('security_admin')
  })

  test('is entered at every host of its parent domain, by each application’s own rule', async () => {
    const carol = await signedIn(portal, 'carol@client.test')
    const cookie = await entered(carol)
    expect(await statusAt(cookie)).toBe(200)
    expect(await statusAt(cookie, files)).toBe(403)
    expect(await statusAt(await entered(), files)).toBe(200)
    const shown = await carol.post('/api/forward-auth/entries', { to: files, browser: 'A'.repeat(43) })
    expect(shown.body).toMatchObject({
      outcome: 'refused',
      application: { name: 'files' },
      reason: { rule: 'other-account-type', ask: 'support' },
    })
    const rows = await portal.owner`select detail from audit_events where event = 'application.refused'`
    expect(rows[0]?.detail).toMatchObject({ application: 'files', rule: 'other-account-type' })
  })

  test('keeps a session from idling, and is left with it', async () => {
    const cookie = await entered()
    for (const at of [20, 40, 60, 80]) {
      portal.clock.moveTo(minutes(at))
      expect(await statusAt(cookie)).toBe(200)
      await expect
        .poll(
          async () =>
            (
              await portal.owner`select 1 from sessions where last_seen_at > created_at + ${`${at - 1} minutes`}::interval`
            ).length,
        )
        .toBe(1)
    }
    portal.clock.moveTo(minutes(80 + 31))
    expect(await statusAt(cookie)).toBe(401)
  })

  test('asks for the factor where the application wants two, or a fresh one', async () => {
    await guard(portal, 'vault', ['vault.apps.test'], { minimumAal: 2, maxAge: 120 })
    const vault = 'https://vault.apps.test/'
    const web = await signedIn(portal, grace)
    const cookie = await entered(web)
    expect(await statusAt(cookie, vault)).toBe(200)
    portal.clock.moveTo(minutes(3))
    expect(await statusAt(cookie, vault)).toBe(401)
    expect(await statusAt(cookie)).toBe(200)
    expect((await asks(portal, vault, { cookie })).status).toBe(302)
    const asked = await web.post('/api/forward-auth/entries', { to: vault, browser: 'A'.repeat(43) })
    expect(asked.body.code).toBe('step-up-required')
    await portal.play('fresh')
    await guard(portal, 'vault', ['vault.apps.test'], { minimumAal: 2 })
    const unproven = await letIn(portal, grace)
    const refused = await unproven.post('/api/forward-auth/entries', { to: vault, browser: 'A'.repeat(43) })
    expect(refused.body.code).toBe('needs-own-factor')
  })

  test('is one round trip to the database', async () => {
    const cookie = await entered()
    const statements: string[] = []
    const sql = connect(portal.urls.app, { max: 1, onStatement: (text) => statements.push(text) })
    const counted = {
      app: createApp(
        { ...portal.deps, sql },
        { trustedProxies: ['127.0.0.0/8'], forwardAuthDomains: ['apps.test'] },
      ),
    }
    await asks(counted, wiki, { cookie })
    statements.length = 0
    expect((await asks(counted, wiki, { cookie })).status).toBe(200)
    await sql.end()
    expect(statements).toHaveLength(1)
  })
})

describe('A-75 somebody stays in who was put out', () => {
  const endings: [string, (web: Browser) => Promise<unknown>][] = [
    ['signing out', (web) => web.delete('/api/session')],
    ['the session revoked', () => portal.owner`update sessions set ended_at = now()`],
    ['the session over', async () => portal.clock.moveTo(hours(13))],
    [
      'deactivation',
      () =>
        portal.owner`update memberships set deactivated_at = now() from persons p where p.id = person_id and p.email = ${grace}`,
    ],
    ['the application disabled', () => applications.putDisabled(portal.deps.sql, 'wiki', new Date())],
    [
      'another audience',
      () => portal.owner`update applications set account_types = '{client}' where client_id = 'wiki'`,
    ],
    [
      'another host',
      () => portal.owner`update applications set hosts = '{elsewhere.apps.test}' where client_id = 'wiki'`,
    ],
  ]
  test.each(endings)('%s: refused with the next request, in every process', async (_name, end) => {
    const web = await signedIn(portal, grace)
    const cookie = await entered(web)
    expect(await statusAt(cookie)).toBe(200)
    await end(web)
    expect([401, 403]).toContain(await statusAt(cookie))
  })

  test('a company that requires two factors puts out who has one', async () => {
    await portal.play('fresh')
    await guard(portal, 'wiki', ['wiki.apps.test'])
    const cookie = await entered(await letIn(portal, grace))
    expect(await statusAt(cookie)).toBe(200)
    await portal.owner`update companies set required_at = now()`
    expect(await statusAt(cookie)).toBe(401)
  })
})

describe('A-76 a pass or a ticket in the wrong hands', () => {
  test('a pass is no session, and a session’s cookie is no pass', async () => {
    const web = await signedIn(portal, grace)
    const cookie = await entered(web)
    const [, pass = ''] = cookie.split('=')
    const thief = browser(portal)
    thief.jar.set('__Host-sid', pass)
    expect((await thief.get('/api/session')).status).toBe(401)
    expect(await statusAt(`__Secure-countersign-pass=${web.jar.get('__Host-sid')}`)).toBe(401)
    expect(web.jar.get('__Host-sid')).not.toBe(pass)
  })

  test('a pass of one domain is nothing at another', async () => {
    await guard(portal, 'far', ['far.example', 'notapps.test', 'apps.test.example'])
    const cookie = await entered()
    for (const address of ['https://far.example/', 'https://notapps.test/', 'https://apps.test.example/'])
      expect(await statusAt(cookie, address)).toBe(401)
    const own = await passFor(portal, await signedIn(portal, grace), 'https://far.example/')
    expect(await statusAt(own, 'https://far.example/')).toBe(200)
    expect(await statusAt(own)).toBe(401)
  })

  test('a pass that a neighbour plants for a whole domain is none at a host that shares none', async () => {
    await guard(portal, 'alone', ['alone.example'])
    const at = 'https://alone.example/'
    const cookie = await passFor(portal, await signedIn(portal, grace), at)
    expect(await statusAt(cookie, at)).toBe(200)
    // A browser takes no `__Host-` cookie from another host (RFC 6265bis §4.1.3.2).
    const [name = '', pass = ''] = cookie.split('=')
    expect(name).toBe('__Host-countersign-pass')
    expect(await statusAt(`__Secure-countersign-pass=${pass}`, at)).toBe(401)
    expect(
      (await asks(portal, at, { cookie: `__Secure-countersign-pass=${pass}; ${cookie}; b=2` })).headers.get(
        'cookie',
      ),
    ).toBe('b=2')
  })

  test('its cookie is for the parent domain, out of reach of scripts, and gone with the browser', async () => {
    const web = await signedIn(portal, grace)
    const sent = await asks(portal, wiki)
    const { to, browser: hash } = Object.fromEntries(new URL(sent.headers.get('location') ?? '').searchParams)
    const { location } = (await web.post('/api/forward-auth/entries', { to, browser: hash })).body
    const back = await asks(portal, location, { cookie: pairOf(sent) })
    expect(back.headers.get('set-cookie')).toMatch(
      /^__Secure-countersign-pass=[\w-]{43}; Domain=apps\.test; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
    )
    expect(back.headers.get('referrer-policy')).toBe('no-referrer')
    expect(back.headers.get('cache-control')).toBe('no-store')
  })

  const ticketFor = async (web: Browser, address = wiki) => {
    const sent = await asks(portal, address)
    const { to, browser: hash } = Object.fromEntries(new URL(sent.headers.get('location') ?? '').searchParams)
    const { location } = (await web.post('/api/forward-auth/entries', { to, browser: hash })).body
    return { location: location as string, cookie: pairOf(sent) }
  }

  test('a ticket works once, also when two come at once', async () => {
    const { location, cookie } = await ticketFor(await signedIn(portal, grace))
    const answers = await Promise.all([1, 2, 3, 4].map(() => asks(portal, location, { cookie })))
    expect(answers.map((one) => one.status).sort()).toEqual([302, 400, 400, 400])
    expect((await asks(portal, location, { cookie })).status).toBe(400)
  })

  test('a ticket is over after a minute, and with its session', async () => {
    const web = await signedIn(portal, grace)
    const late = await ticketFor(web)
    portal.clock.moveTo(seconds(61))
    expect((await asks(portal, late.location, late)).status).toBe(400)
    const ended = await ticketFor(web)
    await web.delete('/api/session')
    expect((await asks(portal, ended.location, ended)).status).toBe(400)
  })

  test('a ticket read on the way is worth nothing in another browser, and signs nobody in as somebody else', async () => {
    const { location } = await ticketFor(await signedIn(portal, grace))
    const stranger = pairOf(await asks(portal, wiki))
    expect((await asks(portal, location)).status).toBe(400)
    expect((await asks(portal, location, { cookie: stranger })).status).toBe(400)
  })

  test('a ticket for one host is none for another', async () => {
    const { location, cookie } = await ticketFor(await signedIn(portal, grace))
    const there = new URL(location)
    there.host = 'files.apps.test'
    expect((await asks(portal, there.href, { cookie })).status).toBe(400)
  })

  test('a ticket alone is no pass', async () => {
    const { location } = await ticketFor(await signedIn(portal, grace))
    const ticket = new URL(location).searchParams.get('ticket')
    expect(await statusAt(`__Secure-countersign-pass=${ticket}`)).toBe(401)
  })
})

describe('A-77 an open redirect', () => {
  const elsewhere = [
    'https://evil.test/',
    'https://wiki.apps.test.evil.test/',
    'https://wiki.apps.test@evil.test/',
    'https://evil.test\\@wiki.apps.test/',
    'https://evil.test#wiki.apps.test',
    'https://xwiki.apps.test/',
    'https://wiki.apps.test:8443/',
    'https://wiki.apps.test./',
    'http://wiki.apps.test/',
    '//wiki.apps.test/',
    'javascript:alert(1)//wiki.apps.test',
    'data:text/html,wiki.apps.test',
    'https:wiki.evil.test',
    'https://user@wiki.apps.test/',
    'https://ẃiki.apps.test/',
    '',
  ]
  test.each(elsewhere)('to %s is refused', async (to) => {
    const web = await signedIn(portal, grace)
    const answer = await web.post('/api/forward-auth/entries', { to, browser: 'A'.repeat(43) })
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect((await web.get(`/api/forward-auth/door?to=${encodeURIComponent(to)}`)).status).toBe(404)
    expect(await portal.owner`select 1 from passes`).toHaveLength(0)
  })

  const onward = [
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    '\t//evil.test',
    '/\n\\evil.test',
    'https://evil.test/',
    'https:evil.test',
    'https://wiki.apps.test@evil.test/',
    'http://wiki.apps.test/',
    'javascript:alert(1)',
    'blob:https://wiki.apps.test/x',
    '\\\\evil.test',
    'evil.test',
    'https://[',
    '',
  ]
  test.each(onward)('a ticket that is told to go on to "%s" goes on to the host it is for', async (to) => {
    const web = await signedIn(portal, grace)
    const sent = await asks(portal, wiki)
    const asked = Object.fromEntries(new URL(sent.headers.get('location') ?? '').searchParams)
    const { location } = (await web.post('/api/forward-auth/entries', asked)).body
    const forged = new URL(location)
    forged.searchParams.set('to', to)
    const back = await asks(portal, forged.href, { cookie: pairOf(sent) })
    expect(back.headers.get('location')).toMatch(/^https:\/\/wiki\.apps\.test\//)
  })
})

describe('A-78 forged X-Forwarded-*', () => {
  test('from a peer that is no trusted proxy is not believed, pass or not', async () => {
    const untrusting = {
      app: createApp(portal.deps, { trustedProxies: [], forwardAuthDomains: ['apps.test'] }),
    }
    const cookie = await entered()
    expect((await asks(untrusting, wiki, { cookie })).status).toBe(403)
  })

  const told: [string, Record<string, string>][] = [
    ['a host of nobody', { 'x-forwarded-host': 'evil.test' }],
    ['two hosts', { 'x-forwarded-host': 'wiki.apps.test, evil.test' }],
    ['a user name', { 'x-forwarded-host': 'wiki.apps.test@evil.test' }],
    ['a path in the host', { 'x-forwarded-host': 'evil.test/wiki.apps.test' }],
    ['no host', { 'x-forwarded-host': '' }],
    ['plain http', { 'x-forwarded-proto': 'http' }],
    ['another scheme', { 'x-forwarded-proto': 'javascript' }],
    ['two schemes', { 'x-forwarded-proto': 'https, http' }],
  ]
  test.each(told)('%s enters nowhere and sends nobody there', async (_name, headers) => {
    const answer = await asks(portal, wiki, { headers, cookie: await entered() })
    expect([400, 403]).toContain(answer.status)
    expect(answer.headers.get('location')).toBeNull()
    expect(answer.headers.get('remote-user')).toBeNull()
  })

  test('an address with no path, or one that would be another host, comes back to the registered host', async () => {
    for (const uri of ['', '@evil.test/', '.evil.test/', '//evil.test/', '/\\evil.test/']) {
      const answer = await asks(portal, wiki, { headers: { 'x-forwarded-uri': uri } })
      const to = new URL(new URL(answer.headers.get('location') ?? '').searchParams.get('to') ?? '')
      expect(to.host).toBe('wiki.apps.test')
    }
  })

  test('capitals and the scheme’s own port are the same host', async () => {
    const cookie = await entered()
    for (const host of ['WIKI.apps.test', 'wiki.apps.test:443'])
      expect((await asks(portal, wiki, { headers: { 'x-forwarded-host': host }, cookie })).status).toBe(200)
  })

  test('one host stands for one application: the second that names it is refused', async () => {
    await expect(guard(portal, 'copy', ['wiki.apps.test'])).rejects.toMatchObject({ code: '23505' })
  })
})

describe('when the database is away', () => {
  test('nobody enters', async () => {
    const sql = connect('postgres://nobody@127.0.0.1:9/nothing', { max: 1 })
    const deps = { ...portal.deps, sql, log: { ...portal.deps.log, error: () => {} } }
    const away = { app: createApp(deps, { trustedProxies: ['127.0.0.0/8'] }) }
    const answer = await asks(away, wiki, { cookie: await entered() })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('remote-user')).toBeNull()
    await sql.end({ timeout: 0 })
  })
})

test('after a step-up the pass is the stronger session’s too', async () => {
  await guard(portal, 'vault', ['vault.apps.test'], { minimumAal: 2 })
  const web = browser(portal)
  await web.post('/api/sign-in', { email: grace, password: 'plenty of paper clips' })
  await answerApp(portal, grace, web)
  const cookie = await entered(web)
  expect(await statusAt(cookie, 'https://vault.apps.test/')).toBe(200)
})
