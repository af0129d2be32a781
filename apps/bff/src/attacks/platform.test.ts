import { request as httpRequest } from 'node:http'
import { connect as openSocket } from 'node:net'
import { createPasswords } from '@countersign/core/keys/passwords'
import { serve } from '@hono/node-server'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { parseEnv } from '../env.ts'
import { browser, origin, testPortal } from '../testing/portal.ts'
import { began, challenged, enrolled, grace, liveSessions } from '../testing/steps.ts'

const portal = await testPortal()
beforeEach(() => portal.play('fresh'))

const send = (path: string, init: RequestInit = {}) => portal.app.request(`${origin}${path}`, init)
const json = { origin, 'content-type': 'application/json' }
const post = (body: string, headers: Record<string, string> = {}) =>
  send('/api/sign-in', { method: 'POST', body, headers: { ...json, ...headers } })

const owed: Record<string, string | RegExp> = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': /geolocation=\(\)/,
  'content-security-policy': /frame-ancestors 'none'/,
  'cache-control': 'no-store',
}

describe('headers on every answer (ASVS 3.4)', () => {
  const answers: [string, () => Response | Promise<Response>, number][] = [
    ['200', () => send('/api/session/../sign-in', { method: 'GET' }), 401],
    ['401', () => send('/api/session'), 401],
    ['403', () => post('{}', { origin: 'https://evil.test' }), 403],
    ['404', () => send('/api/nothing'), 404],
    ['400', () => post('{'), 400],
    ['413', () => post(JSON.stringify({ email: 'x'.repeat(20_000) })), 413],
    ['415', () => post('email=x', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    ['422', () => post('{"email":1}'), 422],
  ]
  test.each(answers)('%s', async (_name, ask, status) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    for (const [name, value] of Object.entries(owed)) expect(answer.headers.get(name), name).toMatch(value)
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json; charset=utf-8$/)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(answer.headers.get('server') ?? answer.headers.get('x-powered-by')).toBeNull()
  })

  test('200 and 500 too; a fault of ours says nothing of itself', async () => {
    const { web } = await began(portal, grace)
    const fine = await web.get('/api/sign-in')
    expect(fine.status).toBe(200)
    const broken = createApp(
      {
        ...portal.deps,
        passwords: {
          ...portal.deps.passwords,
          verify: () => Promise.reject(new Error('secret detail of ours')),
        },
        log: { ...portal.deps.log, error: () => {} },
      },
      { trustedProxies: [] },
    )
    const answer = await broken.request(`${origin}/api/sign-in`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email: grace.email, password: grace.password }),
    })
    expect(answer.status).toBe(500)
    const body = await answer.text()
    expect(JSON.parse(body)).toEqual({
      type: '/problems/internal',
      title: expect.any(String),
      status: 500,
      code: 'internal',
    })
    for (const headers of [fine.headers, answer.headers])
      for (const [name, value] of Object.entries(owed)) expect(headers.get(name), name).toMatch(value)
  })
})

describe('cookies (ASVS 3.3)', () => {
  const cookiesOf = (headers: Headers) => headers.getSetCookie()

  test('each is __Host-, Secure, HttpOnly, SameSite=Strict, Path=/ and small; only the known browser stays', async () => {
    const lines: string[] = []
    const { web, answer } = await began(portal, grace)
    lines.push(...cookiesOf(answer.headers))
    lines.push(...cookiesOf((await web.post('/api/sign-in/remind-later')).headers))
    lines.push(...cookiesOf((await web.delete('/api/session')).headers))
    expect(lines.length).toBeGreaterThan(4)
    for (const line of lines) {
      expect(line).toMatch(/^__Host-(sid|pre|known|trust)=/)
      for (const flag of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']) expect(line).toContain(flag)
      expect(line).not.toMatch(/Domain/i)
      expect(line.length).toBeLessThan(4096)
    }
    const staying = lines.filter((line) => /Max-Age=[1-9]/.test(line))
    for (const line of staying) expect(line).toMatch(/^__Host-(known|trust)=/)
  })

  test('a token is 256 random bits, new at every step, and the database holds only its hash', async () => {
    const { web } = await began(portal, grace)
    const pre = web.jar.get('__Host-pre') ?? ''
    await web.post('/api/sign-in/remind-later')
    const sid = web.jar.get('__Host-sid') ?? ''
    expect(pre).toMatch(/^[\w-]{43}$/)
    expect(sid).toMatch(/^[\w-]{43}$/)
    expect(sid).not.toBe(pre)
    const rows =
      await portal.owner`select s::text as row from sessions s union all select a::text from sign_in_attempts a`
    for (const { row } of rows) for (const token of [pre, sid]) expect(row).not.toContain(token)
  })

  test('signing out ends the session on the server and clears the browser', async () => {
    const { web } = await began(portal, grace)
    await web.post('/api/sign-in/remind-later')
    const sid = web.jar.get('__Host-sid') ?? ''
    const out = await web.delete('/api/session')
    expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
    const thief = browser(portal)
    thief.jar.set('__Host-sid', sid)
    expect((await thief.get('/api/session')).status).toBe(401)
  })
})

describe('A-67 requests of other sites', () => {
  test.each([
    ['another origin', { origin: 'https://evil.test' }, 403],
    ['the null origin', { origin: 'null' }, 403],
    ['our host on another port', { origin: `${origin}:8443` }, 403],
    ['our host as a prefix', { origin: `${origin}.evil.test` }, 403],
    ['our host over http', { origin: origin.replace('https', 'http') }, 403],
    ['a browser that says cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a browser that says same-site', { 'sec-fetch-site': 'same-site' }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['plain text', { 'content-type': 'text/plain' }, 415],
    ['plain text that mentions JSON', { 'content-type': 'text/plain; application/json' }, 415],
    ['a type that begins like JSON', { 'content-type': 'application/json-seq' }, 415],
  ])('%s is refused', async (_who, headers, status) => {
    const body = JSON.stringify({ email: grace.email, password: grace.password })
    const answer = await post(body, headers as Record<string, string>)
    expect(answer.status).toBe(status)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('a foreign page signs nobody out and removes nothing', async () => {
    const { web } = await enrolled(portal, grace)
    for (const [method, path] of [
      ['DELETE', '/api/session'],
      ['DELETE', '/api/session/others'],
      ['POST', '/api/sign-in/remind-later'],
    ] as const)
      expect((await web.call(method, path, undefined, { origin: 'https://evil.test' })).status, path).toBe(
        403,
      )
    expect((await web.get('/api/session')).status).toBe(200)
  })

  test('reading by GET changes nothing, whatever the address', async () => {
    const { web } = await enrolled(portal, grace)
    const before = await portal.owner`select count(*) from audit_events`
    for (const route of portal.app.routes.filter(
      (one) => one.method === 'GET' && one.path.startsWith('/api/'),
    ))
      if (
        !route.path.includes('events') &&
        !route.path.includes('export') &&
        !route.path.includes('/authenticator')
      )
        await web.get(route.path.replace(/:\w+/g, '00000000-0000-7000-8000-000000000000'))
    expect(await portal.owner`select count(*) from audit_events`).toEqual(before)
    expect(await liveSessions(portal, grace)).toBe(1)
  })
})

describe('bad input', () => {
  test.each([
    ['a megabyte', JSON.stringify({ email: grace.email, password: 'x'.repeat(1_000_000) }), 413],
    ['a megabyte of nothing', ' '.repeat(1_000_000), 413],
    ['half a document', '{"email":"a"', 400],
    ['no document', '', 400],
    ['a list', '[]', 422],
    ['null', 'null', 422],
    ['a number', '1', 422],
    ['a list for a string', '{"email":["a"],"password":"b"}', 422],
    ['an object for a string', '{"email":{"a":1},"password":"b"}', 422],
    ['a number for a string', '{"email":"a","password":1}', 422],
    ['nothing for a string', '{"email":"a","password":null}', 422],
    ['a field too many', '{"email":"a","password":"b","role":"security_admin"}', 422],
    ['a prototype', '{"email":"a","password":"b","__proto__":{"admin":true}}', 422],
    ['a NUL', JSON.stringify({ email: '\0@\0', password: 'b' }), 422],
    ['half a character', '{"email":"\\ud800@a","password":"b"}', 422],
    ['a password beyond all limits', JSON.stringify({ email: 'a', password: 'x'.repeat(1025) }), 422],
  ])('%s', async (_what, body, status) => {
    expect((await post(body)).status).toBe(status)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  test('codes of every type: refused by form or as wrong, never a fault, and only guesses count', async () => {
    await enrolled(portal, grace)
    const { web, verify } = await challenged(portal, grace)
    const malformed = [1, 123456, null, true, [], ['123456'], {}, 'x'.repeat(65)]
    for (const code of malformed) expect((await web.post(verify, { code })).status, String(code)).toBe(422)
    expect((await web.post(verify, { code: '123456', extra: 1 })).status).toBe(422)
    const before = await portal.owner`select tries from challenges where purpose = 'sign-in'`
    expect(before).toEqual([{ tries: 0 }])
    const wrong = ['', '1', '12345', '1234567', 'abcdef', '１２３４５６', '  ', '000000']
    const answers = []
    for (const code of wrong) answers.push((await web.post(verify, { code })).body.code)
    expect(answers).toEqual([...Array(5).fill('wrong-code'), ...Array(3).fill('too-many-tries')])
  })
})

describe('A-69 addresses that are none', () => {
  const server = serve({ fetch: portal.app.fetch, port: 0 })
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  const port = () => (server.address() as { port: number }).port
  const raw = (text: string) =>
    new Promise<string>((resolve) => {
      let answer = ''
      const socket = openSocket(port(), '127.0.0.1', () => socket.end(text))
      socket.on('data', (part) => {
        answer += part
      })
      socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''))
      socket.on('error', () => resolve(''))
    })
  const get = (path: string) => raw(`GET ${path} HTTP/1.1\r\nHost: portal.test\r\nConnection: close\r\n\r\n`)

  test.each([
    '/api/%',
    '/api/%zz/session',
    '/api/challenges/%c0%af',
    '/api/session%00',
    '/api//session',
    '/api/session/',
    '/api/./nothing',
    '//api/session',
    '/API/SESSION',
  ])('%s answers no session', async (path) => {
    expect(await get(path)).toMatch(/^HTTP\/1\.1 (400|401|404) /)
  })

  test('an absolute address and a foreign Host change nothing of what is asked', async () => {
    expect(await get('http://evil.test/api/session')).toMatch(/ (400|401|404) /)
    const answer = await raw('GET /api/session HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/ 401 /)
  })

  test.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['a length and chunks (CL.TE)', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['an unknown coding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'Content-Length : 2\r\n\r\n{}'],
    ['a line folded', 'X-A: a\r\n b\r\nContent-Length: 2\r\n\r\n{}'],
  ])('%s is refused before it reaches us', async (_what, rest) => {
    const head = `POST /api/sign-in HTTP/1.1\r\nHost: portal.test\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nConnection: close\r\n`
    expect(await raw(head + rest)).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  test('a megabyte in chunks without a length is cut off with 413', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(
        {
          port: port(),
          method: 'POST',
          path: '/api/sign-in',
          headers: { ...json, 'transfer-encoding': 'chunked' },
        },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
      request.on('error', (error) =>
        (error as { code?: string }).code === 'EPIPE' ? undefined : reject(error),
      )
      for (let i = 0; i < 16; i++) request.write('x'.repeat(65_536))
      request.end()
    })
    expect(status).toBe(413)
  })
})

describe('A-57 no door of the tests in production', () => {
  const good = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://portal.example',
    DATABASE_URL: 'postgres://app@db/app',
    SEALING_KEYS: `k1:${Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64')}`,
    PASSWORD_PEPPER: Buffer.from(Array.from({ length: 32 }, (_, i) => i * 5)).toString('base64'),
    TOKEN_KEY: Buffer.from(Array.from({ length: 32 }, (_, i) => i * 3)).toString('base64'),
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'a'.repeat(32),
    TWILIO_VERIFY_SERVICE_SID: `VA${'0'.repeat(32)}`,
    SMTP_URL: 'smtps://mail.example',
    MAIL_FROM: 'Countersign <no-reply@portal.example>',
    VAPID_PRIVATE_KEY: Buffer.from(Array.from({ length: 32 }, (_, i) => i * 11)).toString('base64url'),
    VAPID_SUBJECT: 'mailto:ops@portal.example',
  }

  test.each([
    '/sandbox-hooks/clock',
    '/api/__test',
    '/api/clock',
    '/api/sandbox-hooks/scenarios/fresh',
    '/api/messages',
  ])('%s is not there', async (path) => {
    for (const method of ['GET', 'PUT', 'POST'])
      expect(
        (await send(path, { method, headers: json, ...(method === 'GET' ? {} : { body: '{}' }) })).status,
      ).toBe(404)
  })

  test.each([
    [
      'the sandbox',
      { COUNTERSIGN_SANDBOX: '1', SANDBOX_URL: 'http://s', SANDBOX_HOOK_SECRET: 'x'.repeat(16) },
      /COUNTERSIGN_SANDBOX/,
    ],
    ['its Twilio', { TWILIO_VERIFY_URL: 'http://localhost:3900/twilio/verify' }, /TWILIO_VERIFY_URL/],
    ['its hook secret', { SANDBOX_HOOK_SECRET: 'x'.repeat(16) }, /SANDBOX_HOOK_SECRET/],
    ['plain http', { PUBLIC_URL: 'http://portal.example' }, /https/],
    ['a default key', { TOKEN_KEY: Buffer.alloc(32).toString('base64') }, /default|randomness/],
    ['a short key', { PASSWORD_PEPPER: Buffer.alloc(16, 'abcdefgh').toString('base64') }, /PASSWORD_PEPPER/],
    ['a short sealing key', { SEALING_KEYS: 'k1:AAAA' }, /SEALING_KEYS/],
    ['no database', { DATABASE_URL: undefined }, /DATABASE_URL: is missing/],
  ])('a production start with %s refuses, and says why', (_what, change, said) => {
    expect(() => parseEnv({ ...good, ...change })).toThrow(said)
  })

  test('what production needs is enough', () => {
    const { PUBLIC_URL, COUNTERSIGN_SANDBOX } = parseEnv(good)
    expect([PUBLIC_URL, COUNTERSIGN_SANDBOX]).toEqual(['https://portal.example', false])
  })
})

describe('A-65 enumeration', () => {
  const counted = async (work: () => Promise<unknown>) => {
    let runs = 0
    const { verify } = portal.deps.passwords
    portal.deps.passwords.verify = (password, stored) => {
      runs++
      return verify(password, stored)
    }
    const answer = await work()
    portal.deps.passwords.verify = verify
    return { runs, answer }
  }
  const asked = async (email: string, password: string, address: string) => {
    const { runs, answer } = await counted(() =>
      browser(portal, address).post('/api/sign-in', { email, password }),
    )
    const { status, headers, body } = answer as Awaited<ReturnType<ReturnType<typeof browser>['post']>>
    return { runs, status, body, headers: [...headers].filter(([name]) => name !== 'date') }
  }

  test('a wrong password and an unknown address: same answer, same headers, one Argon2 run each', async () => {
    await portal.owner`update memberships set deactivated_at = now() where person_id = (select id from persons where email = 'linus@northwind.test')`
    const people = [
      grace.email,
      'nobody@northwind.test',
      'carol@client.test',
      'linus@northwind.test',
      'x@y',
      '',
    ]
    const answers = []
    for (const [i, email] of people.entries())
      answers.push(await asked(email, 'wrong password here', `192.0.2.${i}`))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ runs: 1, status: 401 })
    const deactivated = await asked('linus@northwind.test', grace.password, '192.0.2.99')
    expect(deactivated).toEqual(answers[0])
  })

  test('throttled: the same for an account that exists and one that does not', async () => {
    const last = []
    for (const [n, email] of [grace.email, 'nobody@northwind.test'].entries())
      for (let i = 0; i < 6; i++) last[n] = await asked(email, 'wrong', `198.51.${n}.${i}`)
    expect(last[0]).toMatchObject({ runs: 0, status: 429 })
    expect(last[0]).toEqual(last[1])
  })

  test('a forgotten password: the same answer, and as many statements', async () => {
    const { app: sql, statements } = await countingSql()
    const app = createApp({ ...portal.deps, sql }, { trustedProxies: ['127.0.0.0/8'] })
    const ask = async (email: string, address: string) => {
      statements.length = 0
      const { status, body } = await browser({ app }, address).post('/api/links/forgotten-password', {
        email,
      })
      return { status, body, statements: statements.length }
    }
    await ask('warm@up.test', '192.0.2.200')
    const known = await ask(grace.email, '192.0.2.201')
    expect(await ask('nobody@northwind.test', '192.0.2.202')).toEqual(known)
    expect(known).toMatchObject({ status: 202, body: null })
    await sql.end()
  })
})

const countingSql = async () => {
  const { connect } = await import('@countersign/core/db/connect')
  const statements: string[] = []
  const app = connect(portal.urls.app, { max: 1, onStatement: (text) => statements.push(text) })
  await app`select 1`
  return { app, statements }
}

test('A-71 Argon2 exhaustion: 300 sign-ins at once are served or told to come back, and others go on', async () => {
  const real = createPasswords(Buffer.alloc(32, 7), { memoryKib: 8192, passes: 1, lanes: 1 })
  const app = createApp({ ...portal.deps, passwords: real }, { trustedProxies: ['127.0.0.0/8'] })
  const { web } = await began(portal, grace)
  await web.post('/api/sign-in/remind-later')
  const flood = Promise.all(
    Array.from({ length: 300 }, (_, i) =>
      browser({ app }, `203.0.${i >> 6}.${i & 63}`).post('/api/sign-in', {
        email: `nobody${i}@northwind.test`,
        password: 'x'.repeat(256),
      }),
    ),
  )
  expect((await web.get('/api/session')).status).toBe(200)
  const statuses = (await flood).map((answer) => answer.status)
  expect(new Set(statuses)).toEqual(new Set([401, 503]))
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(50)
  const refused = (await flood).find((answer) => answer.status === 503)
  expect(refused?.body.code).toBe('unavailable')
  expect(refused?.headers.get('retry-after')).toBe('5')
  // A try that was turned away was none.
  const throttled = await portal.owner`select count from throttles where key like 'password:%' and count > 1`
  expect(throttled).toEqual([])
})
