import { connect } from '@countersign/core/db/connect'
import fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp } from '../app.ts'
import { type Directory, directory, newToken, userSchema } from '../testing/directory.ts'
import { testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'
import { later } from '../testing/steps.ts'

const portal = await testPortal()
let token: string
let northwind: Directory
let contoso: Directory

beforeEach(async () => {
  await portal.play('enrolled')
  token = await newToken(await signedIn(portal, 'ada@northwind.test'))
  northwind = directory(portal, token)
  contoso = directory(portal, await newToken(await signedIn(portal, 'sam@contoso.test')))
})

const idOf = async (who: Directory, email: string): Promise<string> =>
  (await who.find(`userName eq "${email}"`)).body.Resources[0].id
const isRefusal = ({ status, body }: { status: number; body: { schemas: string[]; status: string } }) => {
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error'])
  expect(body.status).toBe(String(status))
}
const people = async () => (await portal.owner`select count(*)::int as n from persons`)[0]?.n

describe('the token', () => {
  test('S-1 a revoked token is refused with the next request, a replaced one a day later', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const next = directory(portal, await newToken(ada))
    expect((await northwind.get('/Users')).status).toBe(200)
    expect((await next.get('/Users')).status).toBe(200)
    const { tokens } = (await ada.get('/api/provisioning')).body
    expect(tokens).toHaveLength(2)
    expect(tokens[0]).toMatchObject({ endsAt: null, lastUsedAt: expect.any(String), createdBy: 'Ada Moreau' })
    expect(JSON.stringify(tokens)).not.toContain(token.slice(0, -4))
    expect((await ada.delete(`/api/provisioning/tokens/${tokens[0].id}`)).status).toBe(204)
    const refused = await next.get('/Users')
    isRefusal(refused)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="scim"'])
    later(portal, 24 * 3600 - 60)
    expect((await northwind.get('/Users')).status).toBe(200)
    later(portal, 120)
    expect((await northwind.get('/Users')).status).toBe(401)
  })

  test('of a third one the first ends at once: two live at most', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    await newToken(ada)
    await newToken(ada)
    expect((await northwind.get('/Users')).status).toBe(401)
    expect((await ada.get('/api/provisioning')).body.tokens).toHaveLength(2)
  })

  test('is made and revoked by a Security Admin with a fresh factor only, and each is audited', async () => {
    const barbara = await signedIn(portal, 'barbara@northwind.test')
    expect((await barbara.post('/api/provisioning/tokens')).status).toBe(403)
    expect((await barbara.get('/api/provisioning')).status).toBe(403)
    const ada = await signedIn(portal, 'ada@northwind.test')
    const { tokens } = (await ada.get('/api/provisioning')).body
    const sam = await signedIn(portal, 'sam@contoso.test')
    expect((await sam.delete(`/api/provisioning/tokens/${tokens[0].id}`)).status).toBe(404)
    later(portal, 360)
    expect((await ada.post('/api/provisioning/tokens')).body.code).toBe('step-up-required')
    expect((await ada.delete(`/api/provisioning/tokens/${tokens[0].id}`)).body.code).toBe('step-up-required')
    const said =
      await portal.owner`select event, detail from audit_events where event like 'provisioning.%' order by at`
    expect(said.map((one) => one.event)).toEqual(['provisioning.token-made', 'provisioning.token-made'])
    expect(said[0]?.detail).toEqual({ endsWith: token.slice(-4) })
  })

  test('two made at the same moment leave one', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const made = await Promise.all([1, 2, 3].map(() => ada.post('/api/provisioning/tokens')))
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201])
    const { tokens } = (await ada.get('/api/provisioning')).body
    expect(tokens.filter((one: { endsAt: string | null }) => one.endsAt === null)).toHaveLength(1)
    expect(tokens.length).toBeLessThanOrEqual(2)
  })

  test('S-2 wrong tokens run into a limit, and the right one from the same address does not', async () => {
    const guesser = directory(portal, 'countersign_scim_wrong')
    const answers = []
    for (let n = 0; n < 25; n += 1) answers.push(await guesser.get('/Users'))
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(401), ...Array(5).fill(429)])
    for (const one of answers) isRefusal(one)
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await northwind.get('/Users')).status).toBe(200)
  })

  test.each([null, '', 'a b', 'x'.repeat(5000)])('is not %j', async (wrong) => {
    isRefusal(await directory(portal, wrong).get('/Users'))
  })

  test('a session’s cookie opens nothing here, and the token nothing there', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect((await ada.get('/scim/v2/Users')).status).toBe(401)
    const answer = await portal.app.request('https://portal.test/api/employees', {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(401)
  })
})

test('A-58 another company’s people are not there, whatever is done with their ids', async () => {
  const id = await idOf(northwind, 'grace@northwind.test')
  const before = await portal.owner`select version, deactivated_at from memberships where id = ${id}`
  const user = { userName: 'grace@northwind.test', displayName: 'Evil' }
  const answers = await Promise.all([
    contoso.get(`/Users/${id}`),
    contoso.put(id, user),
    contoso.patch(id, [{ op: 'replace', value: { active: false } }]),
    contoso.delete(id),
  ])
  for (const one of answers) {
    isRefusal(one)
    expect(one.status).toBe(404)
  }
  expect(
    (await contoso.find('userName pr')).body.Resources.map((one: { userName: string }) => one.userName),
  ).toEqual(['sam@contoso.test', 'wes@both.test'])
  expect(await portal.owner`select version, deactivated_at from memberships where id = ${id}`).toEqual(before)
})

describe('bodies of every broken kind', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      null,
      '',
      'False',
      '\0',
      '\ud800',
      { __proto__: null },
      [[[]]],
      'x'.repeat(400),
      -0,
      1e308,
    ),
    fc.array(fc.record({ value: fc.jsonValue(), type: fc.jsonValue(), primary: fc.jsonValue() }), {
      maxLength: 12,
    }),
  )
  const names = [
    'userName',
    'USERNAME',
    'emails',
    'phoneNumbers',
    'name',
    'active',
    'displayName',
    'externalId',
    'schemas',
    'id',
    'meta',
  ]
  const user = fc
    .dictionary(fc.constantFrom(...names), value)
    .map((some) => ({ schemas: [userSchema], ...some }))
  const path = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom(
      ...names,
      'name.givenName',
      'emails[type eq "work"].value',
      'emails[',
      'emails[]',
      'a.b.c',
      '[x]',
      'emails[type eq "work"',
      'emails[(((((type eq 1)))))]',
      'phoneNumbers[type eq "mobile"]',
      '__proto__.x',
      'constructor.prototype',
    ),
  )
  const operation = fc.record(
    {
      op: fc.oneof(fc.constantFrom('Add', 'replace', 'REMOVE', 'move', ''), fc.jsonValue()),
      path: fc.oneof(path, fc.jsonValue()),
      value,
    },
    { requiredKeys: [] },
  )
  const answersAlways = (status: number) =>
    expect([200, 201, 400, 404, 403, 409, 412, 413, 415]).toContain(status)

  test('never make a 500: POST and PUT', async () => {
    const id = await idOf(northwind, 'grace@northwind.test')
    await fc.assert(
      fc.asyncProperty(fc.oneof(user, fc.jsonValue()), async (body) => {
        answersAlways((await northwind.call('POST', '/Users', JSON.stringify(body))).status)
        answersAlways((await northwind.call('PUT', `/Users/${id}`, JSON.stringify(body))).status)
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  test('never make a 500: PATCH', async () => {
    const id = await idOf(northwind, 'linus@northwind.test')
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.array(operation, { maxLength: 4 }), fc.jsonValue()),
        async (operations) => {
          answersAlways((await northwind.patch(id, operations)).status)
        },
      ),
      { numRuns: 120 },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
  }, 60_000)

  test.each([
    ['no JSON', '{"schemas":'],
    ['an array', '[]'],
    ['nothing', ''],
    ['a text', '"x"'],
    ['without schemas', '{"userName":"x@x.test"}'],
    ['another schema', '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"userName":"x@x.test"}'],
    [
      'one name in two cases',
      JSON.stringify({ schemas: [userSchema], userName: 'a@x.test', USERNAME: 'b@x.test' }),
    ],
  ])('%s is invalid syntax', async (_, body) => {
    const answer = await northwind.call('POST', '/Users', body)
    isRefusal(answer)
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax'])
  })

  test('ten thousand brackets, a body too large, and another media type are refused', async () => {
    const deep = `{"schemas":["${userSchema}"],"userName":"x@x.test","emails":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    isRefusal(await northwind.call('POST', '/Users', deep))
    const large = await northwind.call(
      'POST',
      '/Users',
      JSON.stringify({ schemas: [userSchema], title: 'x'.repeat(70_000) }),
      {
        'content-length': '70100',
      },
    )
    expect(large.status).toBe(413)
    isRefusal(large)
    isRefusal(await northwind.call('POST', '/Users', '<user/>', { 'content-type': 'application/xml' }))
  })

  test.each([
    [{ op: 'replace', path: '__proto__.polluted', value: true }],
    [{ op: 'add', path: 'constructor.prototype.polluted', value: true }],
    [{ op: 'add', value: JSON.parse('{"__proto__.polluted": true}') }],
    [{ op: 'add', path: 'name', value: JSON.parse('{"__proto__.polluted": true}') }],
    [{ op: 'add', path: 'name', value: JSON.parse('{"__proto__": {"polluted": true}}') }],
    [{ op: 'add', path: 'emails[__proto__ eq "x"].value', value: 'x@x.test' }],
    [{ op: 'add', path: 'emails', value: [JSON.parse('{"constructor.prototype.polluted": true}')] }],
  ])('S-3 a PATCH reaches into no prototype: %j', async (operation) => {
    const answer = await northwind.patch(await idOf(northwind, 'grace@northwind.test'), [operation])
    isRefusal(answer)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test.each([
    ['id', 'mutability'],
    ['meta.version', 'mutability'],
    ['nonsense', 'noTarget'],
    ['emails[type eq', 'invalidPath'],
    ['name[type eq "x"]', 'invalidPath'],
  ])('a path of %s is refused as %s', async (path, scimType) => {
    const id = await idOf(northwind, 'grace@northwind.test')
    const { status, body } = await northwind.patch(id, [{ op: 'replace', path, value: 'x' }])
    expect([status, body.scimType]).toEqual([400, scimType])
  })
})

describe('filters of every broken kind', () => {
  const words = [
    'userName',
    'active',
    'emails',
    '[',
    ']',
    '(',
    ')',
    'eq',
    'co',
    'pr',
    'and',
    'or',
    'not',
    '"x"',
    'true',
    'null',
    '1',
    '"',
    '\\',
    '.value',
    "'",
    ';',
    '--',
    '\0',
    'ü',
  ]

  test('never make a 500', async () => {
    const filter = fc.oneof(
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((some) => some.join(' ')),
      fc.string({ maxLength: 60 }),
    )
    await fc.assert(
      fc.asyncProperty(filter, async (text) => {
        const answer = await northwind.find(text)
        if (answer.status === 200) return
        isRefusal(answer)
        expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter'])
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  test.each([
    '',
    'userName',
    'userName eq',
    'userName eq x',
    'userName eq 1',
    'userName xx "y"',
    'password eq "x"',
    'passwordHash sw "$argon2"',
    'toString pr',
    '__proto__ pr',
    'active gt true',
    'active co "t"',
    'meta.created eq "yesterday"',
    'userName eq "a" and',
    '('.repeat(1000),
    `userName eq "${'x'.repeat(1100)}"`,
    Array.from({ length: 21 }, () => 'active pr').join(' or '),
    'userName eq "a\0b"',
  ])('%j is an invalid filter', async (filter) => {
    const { status, body } = await northwind.find(filter)
    expect([status, body.scimType]).toEqual([400, 'invalidFilter'])
  })

  test.each([
    `userName eq "x' or '1'='1"`,
    `userName eq "'; drop table persons; --"`,
    `externalId co "' union select password_hash from persons --"`,
    `userName sw "%' or true --"`,
    `displayName ew "\\\\' or 1=1 --"`,
  ])('S-4 SQL in a filter is a value like any other: %s', async (filter) => {
    const before = await people()
    const { status, body } = await northwind.find(filter)
    expect([status, body.totalResults]).toEqual([200, 0])
    expect(await people()).toBe(before)
  })
})

test('S-6 numbers that come by the thousand are not looked up: that would be somebody else’s bill', async () => {
  const lookUp = vi.spyOn(portal.deps.gateways.texts, 'lineType')
  const id = await idOf(northwind, 'grace@northwind.test')
  for (const value of ['+14155550120', '+14155550121', '+14155550122'])
    await northwind.patch(id, [{ op: 'replace', path: 'phoneNumbers', value: [{ type: 'mobile', value }] }])
  expect((await northwind.find('phoneNumbers.value eq "+14155550122"')).body.totalResults).toBe(1)
  expect(lookUp).not.toHaveBeenCalled()
  lookUp.mockRestore()
})

describe('A-55 a mailbox is flooded with a directory’s token', () => {
  const mailsTo = async (to: string) =>
    (await portal.owner`select count(*)::int as n from mails where recipient = ${to}`)[0]?.n
  const statuses = (answers: { status: number }[]) => [...new Set(answers.map(({ status }) => status))]

  test('by letting somebody in who has not answered yet, again and again', async () => {
    const { body } = await northwind.add({ userName: 'anybody@elsewhere.test', displayName: 'Anybody' })
    const answers = []
    for (let n = 0; n < 20; n += 1)
      answers.push(await northwind.patch(body.id, [{ op: 'replace', value: { active: n % 2 === 1 } }]))
    expect(statuses(answers)).toEqual([200, 429])
    isRefusal(answers.at(-1) as Awaited<ReturnType<Directory['get']>>)
    expect(await mailsTo('anybody@elsewhere.test')).toBe(5)
  })

  test('by adding somebody anew after each new address', async () => {
    const answers = []
    for (let n = 0; n < 8; n += 1) {
      const added = await northwind.add({ userName: `u${n}`, emails: [{ value: 'anybody@elsewhere.test' }] })
      answers.push(added)
      const emails = [{ value: `away${n}@elsewhere.test` }]
      if (added.status === 201) await northwind.patch(added.body.id, [{ op: 'replace', value: { emails } }])
    }
    expect(statuses(answers)).toEqual([201, 429])
    expect(await mailsTo('anybody@elsewhere.test')).toBe(5)
  })

  test('by writing an address back and forth', async () => {
    const { body } = await northwind.add({ userName: 'anybody@elsewhere.test', displayName: 'Anybody' })
    const joined = await idOf(northwind, 'grace@northwind.test')
    for (const [id, home] of [
      [body.id, 'one@elsewhere.test'],
      [joined, 'two@elsewhere.test'],
    ]) {
      const answers = []
      for (let n = 0; n < 20; n += 1) {
        const value = n % 2 ? home : `away-${home}`
        answers.push(await northwind.patch(id, [{ op: 'replace', path: 'emails', value: [{ value }] }]))
      }
      expect(statuses(answers)).toEqual([200, 429])
      expect(await mailsTo(home)).toBeLessThanOrEqual(10)
    }
  })
})

test('a directory that lets an admin back in lowers the role, and the audit says so', async () => {
  const id = await idOf(northwind, 'barbara@northwind.test')
  for (const active of [false, true])
    expect((await northwind.patch(id, [{ op: 'replace', value: { active } }])).status).toBe(200)
  const [row] = await portal.owner`
    select detail from audit_events where event = 'employee.changed' and detail ->> 'roleBefore' is not null`
  expect(row?.detail).toMatchObject({ roleBefore: 'admin', roleAfter: 'employee', via: 'scim' })
})

test('a database that is away is a 503 in SCIM’s words', async () => {
  const away = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
  const sql = Object.assign(away, { unsafe: away, begin: away }) as unknown as typeof portal.deps.sql
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const app = createApp({ ...portal.deps, sql, log }, { trustedProxies: [] })
  const answer = await directory({ ...portal, app } as typeof portal, token).get('/Users')
  expect(answer.body).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '503',
  })
  expect(answer.headers.get('retry-after')).toBe('2')
})

describe('at once', () => {
  test('S-5 of two parallel creates of one user name one is 201, the other 409 uniqueness', async () => {
    const user = { userName: 'Hedy@northwind.test', displayName: 'Hedy' }
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        northwind.add(n % 2 ? user : { ...user, userName: 'hedy@northwind.test' }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
    expect(answers.filter(({ body }) => body.scimType === 'uniqueness')).toHaveLength(5)
    expect(await portal.owner`select 1 from mails where template = 'invitation'`).toHaveLength(1)
  })

  test('parallel patches of one person all land, unless they name a version', async () => {
    const id = await idOf(northwind, 'grace@northwind.test')
    const patch = (n: number) => northwind.patch(id, [{ op: 'replace', path: 'externalId', value: `g-${n}` }])
    expect((await Promise.all([1, 2, 3].map(patch))).map(({ status }) => status)).toEqual([200, 200, 200])
    const { version } = (await northwind.get(`/Users/${id}`)).body.meta
    const bound = (n: number) =>
      northwind.patch(id, [{ op: 'replace', path: 'externalId', value: `h-${n}` }], { 'if-match': version })
    const answers = await Promise.all([1, 2, 3].map(bound))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412])
  })
})

describe('a large company', () => {
  test('5,000 people are paged in as many statements as 10, each person once', async () => {
    await portal.owner.begin(async (tx) => {
      await tx`insert into persons (name, email, created_at)
        select 'Person ' || n, 'p' || n || '@northwind.test', now() from generate_series(1, 5000) n`
      await tx`insert into memberships (company_id, person_id, joined_at, created_at)
        select c.id, p.id, now(), now() from companies c, persons p where c.name = 'Northwind IT' and p.email like 'p%@northwind.test'`
    })
    const statements = vi.fn()
    const counted = connect(portal.urls.app, { max: 2, onStatement: statements })
    const app = createApp({ ...portal.deps, sql: counted }, { trustedProxies: [] })
    const web = directory({ ...portal, app } as typeof portal, token)
    const seen = new Set<string>()
    await web.get('/Users?count=1')
    for (let start = 1; start <= 5007; start += 200) {
      statements.mockClear()
      const { body } = await web.get(`/Users?startIndex=${start}&count=1000`)
      expect(body.totalResults).toBe(5007)
      expect(body.itemsPerPage).toBe(Math.min(200, 5008 - start))
      expect(statements.mock.calls.length).toBeLessThanOrEqual(3)
      for (const one of body.Resources) seen.add(one.id)
    }
    expect(seen.size).toBe(5007)
    statements.mockClear()
    expect((await web.find('userName eq "P4711@northwind.test"')).body.totalResults).toBe(1)
    expect(statements.mock.calls.length).toBeLessThanOrEqual(3)
    await counted.end()
  }, 60_000)
})
