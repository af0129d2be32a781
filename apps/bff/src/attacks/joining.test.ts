import * as links from '@countersign/core/db/stores/people/links'
import { beforeEach, describe, expect, test } from 'vitest'
import { deliverMails, secretIn } from '../testing/mails.ts'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { idOf } from '../testing/recovering.ts'
import { answerStepUp, letIn, signedIn } from '../testing/signed-in.ts'

/**
 * Contoso invites an employee of Northwind. Who is in several companies is exempt from what one of them asks, so she
 * joins as herself: by a session of her own, as strong as she can make it.
 */
const portal = await testPortal()
const grace = 'grace@northwind.test'
let token: string
let id: string

beforeEach(async () => {
  await portal.play('enrolled')
  id = await idOf(portal, grace)
  const sam = await signedIn(portal, 'sam@contoso.test')
  const added = { name: 'Grace', email: grace, role: 'employee', accountType: 'employee', mobileNumber: null }
  expect((await sam.post('/api/employees', added)).status).toBe(201)
  token = secretIn(await deliverMails(portal), grace, 'invitation')
})

const join = (web: Browser, link = token) => web.post('/api/links/invitation/accept', { token: link })
const needs = async (web: Browser) => (await web.post('/api/links/invitation', { token })).body.needs
const joined = () => portal.owner`
  select c.name from memberships m join companies c on c.id = m.company_id
  where m.person_id = ${id} and m.joined_at is not null and m.deactivated_at is null order by c.name`
const refused = async (answer: Awaited<ReturnType<typeof join>>, status: number, code: string) => {
  expect(answer).toMatchObject({ status, body: { code } })
  expect(await joined()).toEqual([{ name: 'Northwind IT' }])
}
const withoutFactor = () =>
  portal.owner`update authenticators set removed_at = now(), credential = null where person_id = ${id}`
const onPasswordAlone = () => portal.owner`
  update sessions set aal = 1, factor_at = null, authenticator_id = null, amr = '{pwd}' where person_id = ${id}`
const leaveNorthwind = () =>
  portal.owner`update memberships set deactivated_at = now() where person_id = ${id} and joined_at is not null`

describe('A-31 somebody active in a company joins another', () => {
  test('by the mailbox alone', async () => {
    const web = browser(portal)
    expect(await needs(web)).toBe('session')
    await refused(await join(web), 401, 'not-signed-in')
    web.jar.set('__Host-sid', 'no-such-session')
    await refused(await join(web), 401, 'not-signed-in')
  })

  test('in a sign-in that is not finished', async () => {
    const web = browser(portal)
    await web.post('/api/sign-in', { email: grace, password: 'plenty of paper clips' })
    await refused(await join(web), 401, 'not-signed-in')
  })

  test('in a session of another person, who is told so, and the link stays good', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const answer = await join(ada)
    await refused(answer, 401, 'not-signed-in')
    expect(answer.body.detail).toBe('somebody-else')
    expect((await ada.get('/api/session')).body.person.email).toBe('ada@northwind.test')
    expect((await join(await signedIn(portal, grace))).status).toBe(200)
  })

  test('on the password alone, though she holds a factor', async () => {
    const web = await signedIn(portal, grace)
    await onPasswordAlone()
    await refused(await join(web), 403, 'step-up-required')
    await answerStepUp(portal, grace, web)
    expect((await join(web)).status).toBe(200)
  })

  test('in a session that ended meanwhile', async () => {
    const web = await signedIn(portal, grace)
    expect(await needs(web)).toBe('session')
    const cookie = web.jar.get('__Host-sid') ?? ''
    await web.delete('/api/session')
    web.jar.set('__Host-sid', cookie)
    await refused(await join(web), 401, 'not-signed-in')
  })

  test.each([
    ['ends', portal.owner`ended_at = now()`, 401, 'not-signed-in'],
    [
      'is lowered',
      portal.owner`aal = 1, factor_at = null, authenticator_id = null, amr = '{pwd}'`,
      403,
      'step-up-required',
    ],
  ])('in a session that %s at this very moment', async (_, change, status, code) => {
    const web = await signedIn(portal, grace)
    const waits = () => portal.owner`
      select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%update memberships%'`
    const { answer } = await portal.owner.begin(async (tx) => {
      await tx`update sessions set ${change} where person_id = ${id}`
      const pending = join(web)
      await expect.poll(waits).toHaveLength(1)
      // In a box, so that the transaction does not wait for what waits for it.
      return { answer: pending }
    })
    await refused(await answer, status, code)
    expect((await join(await signedIn(portal, grace))).status).toBe(200)
  })

  test('by two invitations at once, when the first makes her active', async () => {
    await leaveNorthwind()
    const second = await portal.deps.sql.begin(async (tx) => {
      const now = portal.clock.now()
      const [company] = await portal.owner<{ id: string }[]>`
        with made as (insert into companies (name, created_at) values ('Third', now()) returning id)
        insert into memberships (company_id, person_id, invited_at, created_at)
        select id, ${id}, now(), now() from made returning company_id as id`
      const link = { companyId: company?.id ?? '', life: 60_000, now, payload: { email: grace } }
      return links.create(tx, { kind: 'invitation', personId: id, ...link })
    })
    const answers = await Promise.all([join(browser(portal)), join(browser(portal), second)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    expect(await joined()).toHaveLength(1)
  })
})

describe('an invitation is answered', () => {
  test('by herself with her factor; she stays signed in, and enters the new company', async () => {
    const web = await signedIn(portal, grace)
    expect((await join(web)).body).toEqual({ signingIn: false })
    expect((await web.get('/api/session')).body).toMatchObject({
      company: { name: 'Northwind IT' },
      severalCompanies: true,
      aal: 2,
    })
    const { body } = await web.get('/api/session/companies')
    const contoso = body.find((one: { name: string }) => one.name === 'Contoso Resellers')
    expect((await web.post('/api/session/company', { companyId: contoso.id })).status).toBe(204)
    expect((await web.get('/api/session')).body.company.name).toBe('Contoso Resellers')
    const [row] = await portal.owner`
      select a.session_id is not null and a.session_id = (select max(s.id::text)::uuid from sessions s
        where s.person_id = ${id} and s.ended_at is null) as hers from audit_events a where event = 'employee.joined'`
    expect(row?.hers).toBe(true)
  })

  test('by who holds no factor, in an ordinary session', async () => {
    await withoutFactor()
    expect((await join(await letIn(portal, grace))).status).toBe(200)
    expect(await joined()).toHaveLength(2)
  })

  test('by who is active nowhere, with the mailbox; the sign-in asks for the factor', async () => {
    await leaveNorthwind()
    const web = browser(portal)
    expect(await needs(web)).toBe('nothing')
    expect((await join(web)).body).toEqual({ signingIn: false })
    expect((await web.get('/api/session')).status).toBe(401)
    const begun = await web.post('/api/sign-in', { email: grace, password: 'plenty of paper clips' })
    expect(begun.body.signIn.step.kind).toBe('prove')
  })

  test('once: joined, the link is over', async () => {
    const web = await signedIn(portal, grace)
    const answers = await Promise.all(Array.from({ length: 5 }, () => join(web)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { body } of answers) expect(body.code ?? 'link-over').toBe('link-over')
  })
})

test('a session without a factor ends with joining a company that requires one', async () => {
  await withoutFactor()
  const web = await letIn(portal, grace)
  await portal.owner`
    update companies set required_at = now() where name = 'Contoso Resellers'`
  expect((await join(web)).status).toBe(200)
  expect((await web.get('/api/session')).status).toBe(401)
})
