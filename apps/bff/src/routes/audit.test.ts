import { verifyChains } from '@countersign/core/audit/verify-chain'
import { minutes } from '@countersign/core/clock'
import { beforeEach, describe, expect, test } from 'vitest'
import { testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const ada = 'ada@northwind.test'
const grace = 'grace@northwind.test'

beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
})

const company = async (name = 'Northwind IT') => {
  const [row] = await portal.owner`select id from companies where name = ${name}`
  return row?.id as string
}

type Row = { seq: number; event: string; outcome: string; subject: { name: string } | null }

describe('the audit', () => {
  test('is read newest first, page by page, each row once', async () => {
    const web = await signedIn(portal, ada)
    const id = await company()
    await portal.owner`insert into audit_events (company_id, at, event, outcome)
      select ${id}, now(), 'sign-out', 'ok' from generate_series(1, 120)`
    const seen: number[] = []
    for (let before = ''; ; ) {
      const { body } = await web.get(`/api/audit?${before}`)
      seen.push(...body.rows.map((row: Row) => row.seq))
      if (body.next === null) break
      before = `before=${body.next}`
    }
    expect(seen.length).toBeGreaterThan(120)
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => seen.length - index))
  })

  test('is filtered by person, kind, outcome and time', async () => {
    await signedIn(portal, grace)
    const web = await signedIn(portal, ada)
    const rows = async (query: string): Promise<Row[]> => (await web.get(`/api/audit?${query}`)).body.rows
    const hers = await rows('person=LINDQVIST')
    expect(hers.length).toBeGreaterThan(0)
    expect(new Set(hers.map((row) => row.subject?.name))).toEqual(new Set(['Grace Lindqvist']))
    expect(new Set((await rows('event=sign-in.finished')).map((row) => row.event))).toEqual(
      new Set(['sign-in.finished']),
    )
    expect(await rows('outcome=failed')).toEqual([])
    expect(await rows(`to=${new Date(0).toISOString()}`)).toEqual([])
    expect((await rows(`from=${new Date(0).toISOString()}`)).length).toBeGreaterThan(1)
    expect((await web.get('/api/audit?outcome=maybe')).status).toBe(422)
  })

  test('is for Security Admins, of their own company', async () => {
    for (const email of ['barbara@northwind.test', grace]) {
      const web = await signedIn(portal, email)
      expect((await web.get('/api/audit')).status).toBe(403)
      expect((await web.get('/api/audit/export.csv')).status).toBe(403)
    }
    const sam = await signedIn(portal, 'sam@contoso.test')
    const names = (await sam.get('/api/audit')).body.rows.map((row: Row) => row.subject?.name)
    expect(new Set(names)).toEqual(new Set(['Sam Osei']))
  })

  test('is exported after a fresh check only, and nothing in it is a formula', async () => {
    const web = await signedIn(portal, ada)
    await portal.owner`update persons set name = '=HYPERLINK("https://evil.test","x")' where email = ${grace}`
    await signedIn(portal, grace)
    const text = async (path: string) => {
      const cookie = [...web.jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await portal.app.request(`https://portal.test${path}`, { headers: { cookie } })
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        text: await response.text(),
      }
    }
    const csv = await text('/api/audit/export.csv')
    expect(csv).toMatchObject({ status: 200, type: 'text/csv; charset=utf-8' })
    expect(csv.text).toContain(`'=HYPERLINK`)
    expect(csv.text).not.toMatch(/(^|[,\n])"?=/)
    const json = JSON.parse((await text('/api/audit/export.json')).text) as Row[]
    expect(json[0]).toMatchObject({ event: 'audit.exported' })
    portal.clock.moveTo(minutes(6))
    expect((await text('/api/audit/export.csv')).status).toBe(403)
  })
})

describe('the chain', () => {
  const whole = async () => (await verifyChains(portal.owner)).every(({ broken }) => broken === null)
  /** What only somebody with the whole database could do. */
  const tamper = async (statement: string) => {
    await portal.owner.unsafe(
      `alter table audit_events disable trigger user; ${statement}; alter table audit_events enable trigger user`,
    )
  }
  const broken = async () => {
    const id = await company()
    return (await verifyChains(portal.owner)).find(({ companyId }) => companyId === id)?.broken
  }
  beforeEach(async () => {
    for (const email of [ada, grace, 'linus@northwind.test']) await signedIn(portal, email)
  })

  test('verifies, with every kind of value in it', async () => {
    const id = await company()
    await portal.app.request('/api/sign-in', { method: 'POST' })
    await portal.deps.sql`insert into audit_events (company_id, at, event, outcome, user_agent, detail)
      values (${id}, now(), 'sign-out', 'ok', ${'é“日本\x1f'}, ${portal.deps.sql.json({ b: 1.5, a: 'é', c: null })})`
    expect(await whole()).toBe(true)
  })

  test.each([
    [
      'an altered row',
      `update audit_events set outcome = 'failed' where seq = 3`,
      { seq: 3, why: 'altered' },
    ],
    [
      'an altered detail',
      `update audit_events set detail = '{"x":1}' where seq = 2`,
      { seq: 2, why: 'altered' },
    ],
    ['a row taken out', 'delete from audit_events where seq = 4', { seq: 4, why: 'missing' }],
    [
      'two rows that changed places',
      `update audit_events set seq = -seq where seq in (2, 3);
       update audit_events set seq = case seq when -2 then 3 else 2 end where seq < 0`,
      { seq: 2, why: 'altered' },
    ],
    ['an end cut off', 'delete from audit_events where seq > 5', { seq: 6, why: 'cut-off' }],
  ])('names the first broken row: %s', async (_what, statement, expected) => {
    await tamper(statement)
    expect(await broken()).toMatchObject(expected)
  })
})
