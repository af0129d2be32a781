import { randomUUID } from 'node:crypto'
import { days, hours } from '@countersign/core/clock'
import { demoPassword } from '@countersign/core/demo/people'
import { tick } from '@countersign/core/jobs/tasks'
import { sendBatch } from '@countersign/core/mail/send-batch'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { letIn, signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const { sql } = portal.deps
const name = 'Northwind IT'
const ada = 'ada@northwind.test'
const grace = { email: 'grace@northwind.test', password: demoPassword }

beforeEach(() => portal.clock.moveTo(0))

const enable = async () => {
  const web = await signedIn(portal, ada)
  expect((await web.post('/api/company/requirement', { companyName: name })).status).toBe(204)
  return web
}
const company = async () => {
  const [row] = await portal.owner`select * from companies where name = ${name}`
  return row as { id: string; requiredAt: Date | null; requiredFrom: Date | null }
}
const events = async (event: string) => portal.owner`select detail from audit_events where event = ${event}`

describe('Enable', () => {
  beforeEach(() => portal.play('all-mobile'))

  test('requires it of everybody, ends sessions without a factor, owes the mails, and is audited', async () => {
    const web = await letIn(portal, grace.email)
    expect((await web.get('/api/session')).status).toBe(200)
    const admin = await enable()
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await admin.get('/api/session')).body.aal).toBe(2)
    expect((await admin.get('/api/company')).body).toMatchObject({
      requirement: { state: 'required' },
      mails: { template: 'requirement-on', total: 7, sent: 0 },
    })
    const [event] = await events('requirement.on')
    expect(event?.detail).toMatchObject({ door: 'company', sessionsEnded: 1 })
  })

  test('people without a factor must enrol at their next sign-in, with no way to be reminded later', async () => {
    await enable()
    const web = browser(portal)
    const begun = await web.post('/api/sign-in', grace)
    expect(begun.body.signIn.step).toMatchObject({ kind: 'enrol', requiredBy: name, remindable: false })
    expect((await web.post('/api/sign-in/remind-later')).body.code).toBe('wrong-step')
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('wants the company’s name, and takes it in any case', async () => {
    const web = await signedIn(portal, ada)
    const wrong = await web.post('/api/company/requirement', { companyName: 'Northwind' })
    expect(wrong).toMatchObject({ status: 422, body: { fields: { companyName: 'name-mismatch' } } })
    expect((await company()).requiredAt).toBeNull()
    expect((await web.post('/api/company/requirement', { companyName: ' northwind it ' })).status).toBe(204)
  })

  test('wants a second factor proven within five minutes', async () => {
    const web = await signedIn(portal, ada)
    portal.clock.moveTo(6 * 60_000)
    const late = await web.post('/api/company/requirement', { companyName: name })
    expect(late).toMatchObject({ status: 403, body: { code: 'step-up-required' } })
  })

  test('A-63 enforce without own factor: refused with 409, nothing changes', async () => {
    await portal.play('fresh')
    const web = await letIn(portal, ada)
    const refused = await web.post('/api/company/requirement', { companyName: name })
    expect(refused).toMatchObject({ status: 409, body: { code: 'needs-own-factor' } })
    expect((await company()).requiredAt).toBeNull()
  })

  test('is for Security Admins', async () => {
    await portal.play('enrolled')
    for (const email of ['barbara@northwind.test', grace.email, 'carol@client.test']) {
      const web = await signedIn(portal, email)
      expect((await web.post('/api/company/requirement', { companyName: name })).status).toBe(403)
    }
    expect((await company()).requiredAt).toBeNull()
  })

  test('pressed by two at once it happens once', async () => {
    const [one, two] = [await signedIn(portal, ada), await signedIn(portal, ada)]
    const ask = (web: typeof one) => web.post('/api/company/requirement', { companyName: name })
    const answers = await Promise.all([ask(one), ask(two)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    expect(await events('requirement.on')).toHaveLength(1)
  })

  test('the queue writes one mail for each who has no factor, once however often it is run', async () => {
    await enable()
    const [batch] = await portal.owner`select id from mail_batches where template = 'requirement-on'`
    await sendBatch(portal.deps, batch?.id)
    await sendBatch(portal.deps, batch?.id)
    const mails = await portal.owner`select recipient from mails where template = 'requirement-on' order by 1`
    expect(mails.map((row) => row.recipient)).toEqual([
      'barbara@northwind.test',
      'carol@client.test',
      'edsger@northwind.test',
      grace.email,
      'linus@northwind.test',
      'marie@northwind.test',
      'wes@both.test',
    ])
  })
})

describe('nothing undoes it', () => {
  beforeEach(async () => {
    await portal.play('required')
  })
  const stays = async () => expect((await company()).requiredAt).toBeInstanceOf(Date)

  test('the API has no way: again, withdrawn, announced for later', async () => {
    const web = await signedIn(portal, ada)
    const later = new Date(portal.clock.now().getTime() + days(30)).toISOString()
    expect((await web.post('/api/company/requirement', { companyName: name })).body.code).toBe(
      'already-required',
    )
    expect((await web.put('/api/company/announcement', { from: later })).body.code).toBe('already-required')
    expect((await web.delete('/api/company/announcement')).body.code).toBe('already-required')
    for (const path of ['/api/company/requirement', '/api/company', '/api/company/requirement/numbers'])
      expect((await web.delete(path)).status).toBe(404)
    expect((await web.patch('/api/company', { requiredAt: null })).status).toBe(404)
    await stays()
  })

  test.each([
    ['a plain UPDATE to null', 'update companies set required_at = null'],
    ['an UPDATE to a later day', `update companies set required_at = required_at + interval '1 year'`],
    ['an UPDATE of the id', 'update companies set id = uuidv7()'],
    ['DELETE', 'delete from companies'],
    ['TRUNCATE', 'truncate companies cascade'],
    ['disabling the trigger', 'alter table companies disable trigger companies_requirement_stays'],
    ['disabling all triggers', 'alter table companies disable trigger all'],
    ['session_replication_role', `set session_replication_role = 'replica'`],
    ['dropping the trigger', 'drop trigger companies_requirement_stays on companies'],
    [
      'replacing its function',
      'create or replace function companies_requirement_stays() returns trigger language plpgsql as $$ begin return new; end $$',
    ],
    ['becoming the owner', 'set role countersign_owner'],
    ['dropping the column', 'alter table companies drop column required_at'],
    [
      'an upsert',
      `insert into companies (id, name, created_at) select id, name, created_at from companies on conflict (id) do update set required_at = null`,
    ],
  ])('the database refuses it to the application’s role: %s', async (_way, statement) => {
    await expect(sql.unsafe(statement)).rejects.toThrow(
      /stays required|must be owner|permission denied|not allowed to set role/,
    )
    await stays()
  })

  test('a date that has come stays too, before the clock’s tick made it permanent', async () => {
    await portal.play('enrolled')
    await portal.owner`update companies set required_from = now() - interval '1 minute', announced_at = now()`
    await expect(sql`update companies set required_from = null`).rejects.toThrow(/stays required/)
    await expect(sql`delete from companies`).rejects.toThrow(/stays required/)
    const web = await signedIn(portal, ada)
    expect((await web.delete('/api/company/announcement')).body.code).toBe('already-required')
  })
})

describe('a date announced', () => {
  beforeEach(() => portal.play('all-mobile'))
  const announce = async (inDays: number, by?: Browser) => {
    const web = by ?? (await signedIn(portal, ada))
    const from = new Date(portal.clock.now().getTime() + days(inDays)).toISOString()
    return { web, from, answer: await web.put('/api/company/announcement', { from }) }
  }
  const reminders = async () =>
    (await portal.owner`select params from mail_batches where template = 'requirement-soon' order by id`).map(
      (row) => row.params.left,
    )

  test('counts down by mail and is required on the day, for good', async () => {
    const { web, from, answer } = await announce(20)
    expect(answer.status).toBe(204)
    expect((await web.get('/api/company')).body.requirement).toMatchObject({ state: 'announced', from })
    for (const day of [1, 6.5, 6.6, 13.5, 17.5, 19.5]) {
      portal.clock.moveTo(days(day))
      await tick(portal.deps)
    }
    expect(await reminders()).toEqual(['14 days', '7 days', '3 days', '1 day'])
    expect((await company()).requiredAt).toBeNull()
    portal.clock.moveTo(days(20) + hours(1))
    await Promise.all([tick(portal.deps), tick(portal.deps)])
    expect((await company()).requiredAt?.toISOString()).toBe(from)
    expect(await events('requirement.on')).toMatchObject([{ detail: { door: 'date' } }])
  })

  test('a session on the password alone ends at that moment, also before the tick', async () => {
    await announce(1)
    const web = browser(portal)
    portal.clock.moveTo(days(1) - hours(1))
    await web.post('/api/sign-in', grace)
    await web.post('/api/sign-in/remind-later')
    expect((await web.get('/api/session')).status).toBe(200)
    portal.clock.moveTo(days(1) - hours(0.6))
    expect((await web.get('/api/session')).status).toBe(200)
    portal.clock.moveTo(days(1) + hours(0.1))
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('can be moved and withdrawn until it has come; not into the past, not years ahead', async () => {
    const { web } = await announce(20)
    for (const inDays of [-1, 0, 400])
      expect((await announce(inDays, web)).answer.body.fields).toEqual({ from: 'invalid-input' })
    expect((await web.delete('/api/company/announcement')).status).toBe(204)
    expect((await company()).requiredFrom).toBeNull()
  })
})

describe('“Yes” at Manage Employees', () => {
  const yes = async () => (await signedIn(portal, ada)).post('/api/company/requirement/numbers')

  const putNumber = (email: string, number: string | null) => portal.owner`
    update memberships set mobile_number = ${number}, line_type = null
    where person_id = (select id from persons where email = ${email})`

  test('fails naming each employee without a mobile number, a landline being none, and changes nothing', async () => {
    await portal.play('all-mobile')
    await putNumber('linus@northwind.test', null)
    await putNumber('edsger@northwind.test', '+14155550150')
    const refused = await yes()
    expect(refused).toMatchObject({ status: 409, body: { code: 'numbers-missing', detail: '2' } })
    expect(refused.body.people.map((one: { name: string }) => one.name)).toEqual([
      'Edsger Visser',
      'Linus Okafor',
    ])
    expect((await company()).requiredAt).toBeNull()
    const phones = await portal.owner`select 1 from authenticators where factor = 'phone'`
    expect(phones).toHaveLength(0)
  })

  test('makes the numbers on file the factors: the next sign-in texts a code, with no wizard', async () => {
    await portal.play('all-mobile')
    expect(await yes()).toMatchObject({ status: 200, body: { enrolled: 7 } })
    expect((await company()).requiredAt).toBeInstanceOf(Date)
    const web = browser(portal)
    const begun = await web.post('/api/sign-in', grace)
    expect(begun.body.signIn.step).toMatchObject({ kind: 'prove', ways: [{ name: '+1 ••• ••• ••02' }] })
    const { authenticatorId } = begun.body.signIn.step.ways[0]
    const challenge = await web.post('/api/challenges', { authenticatorId })
    expect(challenge.body.prompt).toMatchObject({ kind: 'enter-code', title: '2FA Verification' })
    const code = portal.phones.codeFor('+14155550102')
    const done = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code })
    expect(done.body).toEqual({ outcome: 'signed-in' })
    // Ada has an app of her own: a text would only be a weaker way in.
    const adas = await portal.owner`
      select factor from authenticators a join persons p on p.id = a.person_id where p.email = ${ada}`
    expect(adas).toHaveLength(1)
    const mails = await portal.owner`select total from mail_batches where template = 'number-enrolled'`
    expect(mails).toMatchObject([{ total: 7 }])
  })

  test('with the look-up service down it fails clearly, and nothing changes', async () => {
    await portal.play('all-mobile')
    portal.phones.fault.why = 'unavailable'
    expect((await yes()).body.code).toBe('texts-unavailable')
    portal.phones.fault.why = null
    expect((await company()).requiredAt).toBeNull()
    expect((await yes()).status).toBe(200)
  })

  test('A-63 holds at this door too', async () => {
    await portal.play('fresh')
    const web = await letIn(portal, ada)
    expect((await web.post('/api/company/requirement/numbers')).body.code).toBe('needs-own-factor')
  })
})

describe('the rehearsal', () => {
  test('says who is ready, who is asked and how, and who would be stuck, and changes nothing', async () => {
    await portal.play('all-mobile')
    const [linus] = await portal.owner`select id from persons where email = 'linus@northwind.test'`
    await portal.owner`update memberships set mobile_number = null where person_id = ${linus?.id}`
    await portal.owner`insert into authenticators (id, person_id, factor, name, credential, created_at, added_at, locked_at)
      select ${randomUUID()}, id, 'phone', 'x', 'x', now(), now(), now() from persons where email = ${grace.email}`
    const web = await signedIn(portal, ada)
    const { body } = await web.get('/api/company/rehearsal')
    expect(body).toMatchObject({
      people: 8,
      ready: { count: 1, first: [{ email: ada }], byFactor: [{ label: 'Authenticator app', count: 1 }] },
      asked: { count: 6, byNumber: 5 },
      stuck: { count: 1, first: [{ email: grace.email, why: 'factor-locked' }] },
    })
    expect((await company()).requiredAt).toBeNull()
  })
})
