import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, testPortal } from '../testing/portal.ts'
import { letIn, signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))

const idOf = async (email: string): Promise<string> => {
  const [row] = await portal.owner<{ id: string }[]>`select id from persons where email = ${email}`
  if (!row) throw new Error(`Nobody has ${email}`)
  return row.id
}
const read = async (web: Browser, email: string) =>
  (await web.get(`/api/employees/${await idOf(email)}`)).body
const edit = async (web: Browser, email: string, change: object) => {
  const { id, version } = await read(web, email)
  return web.patch(`/api/employees/${id}`, { version, ...change })
}
const mailsTo = async (email: string) => {
  const rows = await portal.owner<{ template: string }[]>`
    select template from mails where recipient = ${email} order by created_at`
  return rows.map((row) => row.template)
}

describe('the table', () => {
  test('shows everybody of the company by name, and nobody else', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const { body } = await ada.get('/api/employees')
    expect(body.employees.map((one: { name: string }) => one.name)).toEqual([
      'Ada Moreau',
      'Barbara Quist',
      'Carol Whitmore',
      'Edsger Visser',
      'Grace Lindqvist',
      'Linus Okafor',
      'Marie Tremblay',
      'Wes Both',
    ])
    expect(body.employees[2]).toMatchObject({
      email: 'carol@client.test',
      mobileNumber: '+447700900104',
      role: 'employee',
      accountType: 'client',
      status: { kind: 'secured', since: null },
      invitedUntil: null,
    })
    expect(body).toMatchObject({ next: null, previous: null })
  })

  test.each([
    ['lind', ['Grace Lindqvist']],
    ['GRACE', ['Grace Lindqvist']],
    ['quist bar', ['Barbara Quist']],
    ['client.test', ['Carol Whitmore']],
    ['+1 (415) 555-0102', ['Grace Lindqvist']],
    ['4155550102', ['Grace Lindqvist']],
    ['%', []],
    ['_', []],
    ["'; drop table persons; --", []],
    ['\\', []],
  ])('finds %j', async (search, names) => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const { status, body } = await ada.get(`/api/employees?search=${encodeURIComponent(search)}`)
    expect(status).toBe(200)
    expect(body.employees.map((one: { name: string }) => one.name)).toEqual(names)
  })

  test('finds accents by plain letters, and sorts them among them', async () => {
    await portal.owner`update persons set name = 'Édsger Visser' where email = 'edsger@northwind.test'`
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect((await ada.get('/api/employees?search=edsger')).body.employees).toHaveLength(1)
    expect((await ada.get('/api/employees')).body.employees[3].name).toBe('Édsger Visser')
  })

  test('filters and counts', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const names = async (query: string) =>
      (await ada.get(`/api/employees?${query}`)).body.employees.map((one: { name: string }) => one.name)
    expect(await names('role=admin')).toEqual(['Barbara Quist'])
    expect(await names('type=client')).toEqual(['Carol Whitmore'])
    expect(await names('status=pending')).toEqual([])
    expect(await names('status=secured&search=grace')).toEqual(['Grace Lindqvist'])
    expect((await ada.get('/api/employees/counts')).body).toMatchObject({ all: 8, secured: 8, pending: 0 })
    expect((await ada.get('/api/employees?status=whatever')).status).toBe(422)
  })

  test.each(['name', 'email', 'role', 'status', 'lastSignIn'])('pages both ways by %s', async (sort) => {
    await portal.owner.begin(async (tx) => {
      await tx`insert into persons (name, email, created_at)
        select 'Same Name', 'same' || n || '@northwind.test', now() from generate_series(1, 130) n`
      await tx`insert into memberships (company_id, person_id, joined_at, created_at)
        select c.id, p.id, now(), now() from companies c, persons p where c.name = 'Northwind IT' and p.email like 'same%'`
    })
    const ada = await signedIn(portal, 'ada@northwind.test')
    for (const order of ['ascending', 'descending']) {
      const pages: string[][] = []
      let next: string | null = ''
      let previous: string | null = null
      while (next !== null) {
        const after: string = next && `&after=${next}`
        const { body } = await ada.get(`/api/employees?sort=${sort}&order=${order}${after}`)
        pages.push(body.employees.map((one: { id: string }) => one.id))
        next = body.next
        previous = body.previous
      }
      expect(pages.map((page) => page.length)).toEqual([50, 50, 38])
      expect(new Set(pages.flat()).size).toBe(138)
      const back = await ada.get(`/api/employees?sort=${sort}&order=${order}&before=${previous}`)
      expect(back.body.employees.map((one: { id: string }) => one.id)).toEqual(pages[1])
      const first = await ada.get(`/api/employees?sort=${sort}&order=${order}&before=${back.body.previous}`)
      expect(first.body.employees.map((one: { id: string }) => one.id)).toEqual(pages[0])
      expect(first.body.previous).toBeNull()
    }
  })

  test.each([
    'x',
    'WyJhIl0',
    Buffer.from('["a","00000000-0000-7000-8000-000000000000"]').toString('base64url'),
  ])('a cursor that is not ours is refused: %s', async (cursor) => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect((await ada.get(`/api/employees?sort=lastSignIn&after=${cursor}`)).status).toBe(400)
  })
})

describe('who may', () => {
  test('A-60 role escalation: an employee reaches nothing, before the body is looked at', async () => {
    const grace = await signedIn(portal, 'grace@northwind.test')
    const id = await idOf('grace@northwind.test')
    const answers = await Promise.all([
      grace.get('/api/employees'),
      grace.get('/api/employees/counts'),
      grace.get(`/api/employees/${id}`),
      grace.patch(`/api/employees/${id}`, { role: 'security_admin', accountKind: 'x', companyId: 'y' }),
      grace.post('/api/employees', {}),
      grace.post(`/api/employees/${id}/deactivate`),
      grace.post(`/api/employees/${id}/reactivate`),
      grace.post(`/api/employees/${id}/invitation`),
      grace.post('/api/employees/reminders', { ids: [id] }),
      grace.get('/api/employees/export.csv'),
      grace.get('/api/employees/imports/latest'),
      grace.post('/api/employees/imports', 'Name,E-mail', { 'content-type': 'text/csv' }),
    ])
    for (const { status, body } of answers) expect([status, body.code]).toEqual([403, 'not-allowed'])
  })

  test('A-60 role escalation: an admin makes nobody more powerful than they are', async () => {
    const barbara = await signedIn(portal, 'barbara@northwind.test')
    for (const email of ['barbara@northwind.test', 'grace@northwind.test'])
      expect(await edit(barbara, email, { role: 'security_admin' })).toMatchObject({
        status: 403,
        body: { code: 'not-allowed' },
      })
    const added = { email: 'new@northwind.test', name: 'New', accountType: 'employee', mobileNumber: null }
    expect((await barbara.post('/api/employees', { ...added, role: 'security_admin' })).status).toBe(403)
    expect((await edit(barbara, 'grace@northwind.test', { role: 'admin' })).status).toBe(200)
  })

  test('A-60 role escalation: an admin does not touch a Security Admin', async () => {
    const barbara = await signedIn(portal, 'barbara@northwind.test')
    const id = await idOf('ada@northwind.test')
    for (const change of [
      { role: 'employee' },
      { email: 'mine@northwind.test' },
      { name: 'X' },
      { mobileNumber: null },
    ])
      expect(await edit(barbara, 'ada@northwind.test', change)).toMatchObject({ status: 403 })
    expect((await barbara.post(`/api/employees/${id}/deactivate`)).status).toBe(403)
    expect((await read(barbara, 'ada@northwind.test')).may).toMatchObject({
      edit: false,
      deactivate: 'not-allowed',
    })
  })

  test('A-60 role escalation: fields that are not to be edited are refused', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    for (const extra of [
      { accountType: 'employee' },
      { companyId: await idOf('ada@northwind.test') },
      { joinedAt: null },
    ])
      expect((await edit(ada, 'carol@client.test', extra)).status).toBe(422)
  })

  test('a client account holds no admin role', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect(await edit(ada, 'carol@client.test', { role: 'admin' })).toMatchObject({
      status: 422,
      body: { code: 'client-role' },
    })
  })

  test('A-58 cross-tenant id swap: people of another company are not there', async () => {
    const sam = await signedIn(portal, 'sam@contoso.test')
    const id = await idOf('grace@northwind.test')
    const answers = await Promise.all([
      sam.get(`/api/employees/${id}`),
      sam.patch(`/api/employees/${id}`, { version: 1, role: 'admin' }),
      sam.post(`/api/employees/${id}/deactivate`),
      sam.post(`/api/employees/${id}/reactivate`),
      sam.post(`/api/employees/${id}/invitation`),
    ])
    for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'not-found'])
    expect((await sam.post('/api/employees/reminders', { ids: [id] })).body).toEqual({ sent: 0, skipped: 1 })
    expect(await mailsTo('grace@northwind.test')).toEqual([])
    expect((await sam.get('/api/employees?search=grace')).body.employees).toEqual([])
  })

  test('what is no id is not there, and a body with a company in it is refused', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect((await ada.get('/api/employees/1%27')).status).toBe(404)
    expect((await ada.get('/api/employees?companyId=1')).status).toBe(422)
  })

  test('a person of several companies chooses first', async () => {
    await portal.owner`update memberships set role = 'admin' where person_id = ${await idOf('wes@both.test')}`
    const wes = await signedIn(portal, 'wes@both.test')
    expect((await wes.get('/api/employees')).body.code).toBe('company-needed')
    for (const { id, name } of (await wes.get('/api/session/companies')).body) {
      await wes.post('/api/session/company', { companyId: id })
      const found = (await wes.get('/api/employees?search=sam')).body.employees
      expect(found).toHaveLength(name === 'Contoso Resellers' ? 1 : 0)
    }
  })
})

describe('a fresh second factor', () => {
  test('is asked for role, address and number, not for a name', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    await portal.owner`update sessions set factor_at = factor_at - interval '6 minutes'`
    const email = 'grace@northwind.test'
    for (const change of [{ role: 'admin' }, { email: 'g@northwind.test' }, { mobileNumber: null }])
      expect((await edit(ada, email, change)).body.code).toBe('step-up-required')
    expect((await ada.get('/api/employees/export.csv')).body.code).toBe('step-up-required')
    expect((await edit(ada, email, { name: 'Grace L' })).status).toBe(200)
  })

  test('who has none is told to set one up', async () => {
    await portal.play('fresh')
    const ada = await letIn(portal, 'ada@northwind.test')
    expect((await edit(ada, 'grace@northwind.test', { role: 'admin' })).body.code).toBe('needs-own-factor')
  })
})

describe('editing', () => {
  test('saves, tells the person, ends what rested on the old role, and audits', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const grace = await signedIn(portal, 'grace@northwind.test')
    const answer = await edit(ada, 'grace@northwind.test', {
      name: 'Grace Hopper',
      email: 'hopper@northwind.test',
      role: 'admin',
      mobileNumber: { country: 'GB', national: '7700900123' },
    })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        name: 'Grace Hopper',
        email: 'hopper@northwind.test',
        role: 'admin',
        mobileNumber: '+447700900123',
      },
    })
    expect(await mailsTo('hopper@northwind.test')).toEqual(['email-changed'])
    expect((await mailsTo('grace@northwind.test')).sort()).toEqual([
      'email-changed',
      'number-on-file-changed',
      'role-changed',
    ])
    expect((await grace.get('/api/session')).status).toBe(401)
    const [event] = await portal.owner`select detail from audit_events where event = 'employee.changed'`
    expect(event?.detail).toEqual({
      fields: 'name, email, role, mobileNumber',
      roleBefore: 'employee',
      roleAfter: 'admin',
    })
  })

  test.each([
    ['(415) 555-0102', '4155550102'],
    ['415-555-0102', '4155550102'],
    ['415 555 0102', '4155550102'],
    ['+14155550102', '14155550102'],
    ['4155550102x', '4155550102'],
    ['４１５５５５０１０２', '4155550102'],
    ['none', undefined],
  ])('a number that is not digits alone is refused with a repaired one: %j', async (national, suggestion) => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const mobileNumber = { country: 'US', national }
    const { status, body } = await edit(ada, 'grace@northwind.test', { mobileNumber })
    expect([status, body.code, body.suggestion]).toEqual([422, 'phone-not-digits', suggestion])
    expect(body.fields).toEqual({ mobileNumber: 'phone-not-digits' })
  })

  test.each([
    ['US', '1', 'phone-invalid'],
    ['US', '415555010212345678', 'phone-invalid'],
    ['ZZ', '4155550102', 'phone-invalid'],
    ['US', '9005550102', 'phone-unsuitable'],
    ['US', '4155550199', 'phone-unsuitable'],
  ])('%s %s is refused: %s', async (country, national, code) => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const mobileNumber = { country, national }
    expect((await edit(ada, 'grace@northwind.test', { mobileNumber })).body.code).toBe(code)
  })

  test('a number is kept though the provider does not answer', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    portal.phones.fault.why = 'unavailable'
    const mobileNumber = { country: 'US', national: '4155550142' }
    const answer = await edit(ada, 'grace@northwind.test', { mobileNumber })
    portal.phones.fault.why = null
    expect(answer.body.mobileNumber).toBe('+14155550142')
  })

  test('the second of two admins is told, and nothing of the first is lost', async () => {
    const [ada, barbara] = [
      await signedIn(portal, 'ada@northwind.test'),
      await signedIn(portal, 'barbara@northwind.test'),
    ]
    const { id, version } = await read(ada, 'grace@northwind.test')
    const answers = await Promise.all([
      ada.patch(`/api/employees/${id}`, { version, name: 'By Ada' }),
      barbara.patch(`/api/employees/${id}`, { version, role: 'admin' }),
    ])
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409])
    expect(answers.find((one) => one.status === 409)?.body.code).toBe('conflict')
  })

  test('somebody who changed their own name meanwhile makes the edit stale', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const { id, version } = await read(ada, 'grace@northwind.test')
    const grace = await signedIn(portal, 'grace@northwind.test')
    await grace.patch('/api/account/profile', { name: 'Myself' })
    expect((await ada.patch(`/api/employees/${id}`, { version, name: 'Other' })).status).toBe(409)
  })

  test('an address that somebody has is refused, whatever its case', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect(await edit(ada, 'grace@northwind.test', { email: 'SAM@contoso.test' })).toMatchObject({
      status: 409,
      body: { code: 'email-taken', fields: { email: 'email-taken' } },
    })
  })

  test('name and address of a person of several companies are theirs alone', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect((await read(ada, 'wes@both.test')).identity).toBe('several-companies')
    for (const change of [{ name: 'X' }, { email: 'x@both.test' }])
      expect((await edit(ada, 'wes@both.test', change)).body.code).toBe('several-companies')
    expect((await edit(ada, 'wes@both.test', { role: 'admin' })).status).toBe(200)
  })

  test.each(['', '   ', 'a\r\nBcc: x@evil.test', 'a\0b', 'x'.repeat(121), 'safe\u202Egnp.exe', 'a\u2028b'])(
    'a hostile name is refused: %j',
    async (name) => {
      const ada = await signedIn(portal, 'ada@northwind.test')
      expect((await edit(ada, 'grace@northwind.test', { name })).status).toBe(422)
    },
  )

  test.each([
    'x',
    'a@b',
    'a b@c.test',
    'a@b.test\r\nBcc: c@d.test',
    '"a"@b.test',
    'a@b.test,c@d.test',
    '<a@b.test>',
  ])('a hostile address is refused: %j', async (email) => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect((await edit(ada, 'grace@northwind.test', { email })).status).toBe(422)
  })
})

describe('deactivating', () => {
  test('ends sessions and sign-ins under way at once; reactivating gives no new grace', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const grace = await signedIn(portal, 'grace@northwind.test')
    const id = await idOf('grace@northwind.test')
    const answer = await ada.post(`/api/employees/${id}/deactivate`)
    expect(answer).toMatchObject({ status: 200, body: { status: { kind: 'deactivated' } } })
    expect((await grace.get('/api/session')).status).toBe(401)
    expect((await ada.post(`/api/employees/${id}/deactivate`)).status).toBe(200)
    await expect(signedIn(portal, 'grace@northwind.test')).rejects.toThrow()
    await portal.owner`update memberships set remind_at = now() + interval '1 day' where person_id = ${id}`
    expect((await ada.post(`/api/employees/${id}/reactivate`)).body.status.kind).toBe('secured')
    const [row] = await portal.owner`select remind_at from memberships where person_id = ${id}`
    expect(row?.remindAt).toBeNull()
    await signedIn(portal, 'grace@northwind.test')
    const events =
      await portal.owner`select event from audit_events where event like 'employee.%' order by seq`
    expect(events.map((one) => one.event)).toEqual(['employee.deactivated', 'employee.reactivated'])
  })

  test('a person of several companies keeps the others', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const wes = await signedIn(portal, 'wes@both.test')
    const contoso = (await wes.get('/api/session/companies')).body[0]
    await wes.post('/api/session/company', { companyId: contoso.id })
    await ada.post(`/api/employees/${await idOf('wes@both.test')}/deactivate`)
    expect((await wes.get('/api/session')).body.company.name).toBe('Contoso Resellers')
    expect((await wes.get('/api/session/companies')).body).toHaveLength(1)
  })

  test('nobody deactivates themselves', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const answer = await ada.post(`/api/employees/${await idOf('ada@northwind.test')}/deactivate`)
    expect(answer.body.code).toBe('not-yourself')
  })
})
