import * as links from '@countersign/core/db/stores/people/links'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askDuo, atTheDoor, comeBack, duoPortal, signedInByDuo, visitDuo } from '../testing/duo-portal.ts'
import type { Browser } from '../testing/portal.ts'
import { atDuo, queryOf } from '../testing/sandbox.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await duoPortal()
const grace = 'grace@northwind.test'
const { sandbox } = portal

beforeEach(async () => {
  await portal.play('duo')
  await sandbox.reset()
})
afterEach(() => sandbox.ask('DELETE', '/faults/duo'))

const events = (event: string) =>
  portal.owner<{ outcome: string; detail: Record<string, unknown> }[]>`
    select outcome, detail from audit_events where event = ${event} order by seq`

describe('somebody who is bound to Duo', () => {
  test('is asked for Duo alone, and is in', async () => {
    const web = await atTheDoor(portal, grace)
    const view = (await web.get('/api/sign-in')).body
    expect(view).toMatchObject({ reason: { rule: 'duo', company: 'Northwind IT' } })
    expect(view.step.ways.map((way: { factor: string }) => way.factor)).toEqual(['duo'])
    expect((await comeBack(web, await visitDuo(portal, web))).body).toEqual({ outcome: 'signed-in' })
    expect((await web.get('/api/session')).body).toMatchObject({ aal: 2, amr: ['duo', 'pwd'] })
    expect((await web.get('/api/account/security')).body).toMatchObject({ secured: true, strongest: 'Duo' })
  })

  test('is not asked for an app beside it, and cannot choose it', async () => {
    const web = await atTheDoor(portal, 'ada@northwind.test')
    const [app] = await portal.owner`
      select a.id from authenticators a join persons p on p.id = a.person_id
      where p.email = 'ada@northwind.test' and a.factor = 'totp'`
    expect((await web.post('/api/challenges', { authenticatorId: app?.id })).body.code).toBe('wrong-step')
  })

  test('cannot take it off the account', async () => {
    const web = await signedInByDuo(portal, grace)
    const [held] = (await web.get('/api/account/security')).body.authenticators
    expect((await web.delete(`/api/account/authenticators/${held.id}`)).body.code).toBe('not-allowed')
  })

  test('steps up with it', async () => {
    const web = await signedInByDuo(portal, grace)
    portal.clock.moveTo(10 * 60_000)
    const [held] = (await web.get('/api/account/security')).body.authenticators
    const asked = await web.post('/api/challenges', { authenticatorId: held.id })
    expect(asked.body).toMatchObject({ purpose: 'step-up', prompt: { kind: 'redirect' } })

    const tab = await atDuo(sandbox, asked.body.prompt.url)
    expect((await comeBack(web, queryOf(await tab.answer('approve')))).body).toEqual({
      outcome: 'stepped-up',
    })
    portal.clock.moveTo(0)
  })

  test('A-31 joins another company with it, not without; it counts no more then, and the mailbox is asked', async () => {
    const [row] = await portal.owner<{ companyId: string; personId: string }[]>`
      insert into memberships (company_id, person_id, invited_at, created_at)
      select c.id, p.id, now(), now() from companies c, persons p
      where c.name = 'Contoso Resellers' and p.email = ${grace} returning company_id, person_id`
    if (!row) throw new Error('Nobody was invited')
    const link = {
      kind: 'invitation',
      life: 60_000,
      now: portal.clock.now(),
      payload: { email: grace },
    } as const
    const token = await links.create(portal.deps.sql, { ...row, ...link })
    const join = (web: Browser) => web.post('/api/links/invitation/accept', { token })

    const web = await atTheDoor(portal, grace)
    expect((await join(web)).body.code).toBe('not-signed-in')
    await comeBack(web, await visitDuo(portal, web))
    await portal.owner`
      update sessions set aal = 1, factor_at = null, authenticator_id = null, amr = '{pwd}'
      where person_id = ${row.personId}`
    expect((await join(web)).body.code).toBe('step-up-required')
    const [held] = (await web.get('/api/account/security')).body.authenticators
    const asked = await web.post('/api/challenges', { authenticatorId: held.id })
    const tab = await atDuo(sandbox, asked.body.prompt.url)
    await comeBack(web, queryOf(await tab.answer('approve')))
    expect((await join(web)).status).toBe(200)
    expect((await web.get('/api/session')).body).toMatchObject({ severalCompanies: true })
    const begun = (await (await atTheDoor(portal, grace)).get('/api/sign-in')).body
    expect(begun.step.kind).toBe('confirm-email')
  })
})

describe('somebody of several companies', () => {
  test('is exempt, is told why, and keeps their own factor', async () => {
    const wes = await signedIn(portal, 'wes@both.test')
    expect((await wes.get('/api/session')).body.amr).toEqual(['otp', 'pwd'])
    const [event] = await portal.owner`select detail from audit_events where event = 'sign-in.password'`
    expect(event?.detail).toMatchObject({ rule: 'duo-not-for-several-companies' })
  })

  test('changes sides on joining another company: Duo no more, and a passcode in its place', async () => {
    await join(grace, 'Contoso Resellers')
    const web = await atTheDoor(portal, grace)
    expect((await web.get('/api/sign-in')).body.step).toMatchObject({ kind: 'confirm-email' })
    const [held] = await portal.owner`
      select a.id from authenticators a join persons p on p.id = a.person_id where p.email = ${grace}`
    expect((await web.post('/api/challenges', { authenticatorId: held?.id })).status).toBe(404)
  })

  test('changes sides on leaving the other company: own factor, then Duo', async () => {
    await portal.owner`
      update memberships set deactivated_at = ${portal.clock.now()} where company_id = (select id from companies where name = 'Contoso Resellers')
        and person_id = (select id from persons where email = 'wes@both.test')`
    const web = await atTheDoor(portal, 'wes@both.test')
    expect(
      (await web.get('/api/sign-in')).body.step.ways.map((way: { factor: string }) => way.factor),
    ).toEqual(['totp'])
  })
})

const join = (email: string, company: string) => portal.owner`
  insert into memberships (company_id, person_id, joined_at, created_at)
  select c.id, p.id, ${portal.clock.now()}, ${portal.clock.now()} from companies c, persons p
  where c.name = ${company} and p.email = ${email}`

describe('A-50 what comes back from Duo', () => {
  test('no state, another state and a state that was used are refused, and on record', async () => {
    const web = await atTheDoor(portal, grace)
    const query = await visitDuo(portal, web)
    for (const state of [undefined, '', 'a'.repeat(43), `${query.state}x`]) {
      const { state: _, ...rest } = query
      expect((await comeBack(web, state === undefined ? rest : { ...rest, state })).body.code).toBe(
        'challenge-over',
      )
    }
    expect((await events('sign-in.factor')).map((one) => one.detail.problem)).toContain('state-mismatch')
    expect((await comeBack(web, query)).body).toEqual({ outcome: 'signed-in' })
    const again = await comeBack(web, query)
    expect(again.body.code).toBe('challenge-over')
    const next = await atTheDoor(portal, grace)
    expect((await comeBack(next, query)).body.code).toBe('challenge-over')
  })

  test('another browser gets nowhere with it, nor does another person', async () => {
    const web = await atTheDoor(portal, grace)
    const query = await visitDuo(portal, web)
    for (const email of [grace, 'barbara@northwind.test']) {
      const other = await atTheDoor(portal, email)
      await askDuo(other)
      expect((await comeBack(other, query)).body.code).toBe('challenge-over')
      expect((await other.get('/api/session')).status).toBe(401)
    }
  })

  test('a code from another visit is not worth anything with this state', async () => {
    const barbara = await atTheDoor(portal, 'barbara@northwind.test')
    const hers = await visitDuo(portal, barbara)
    const web = await atTheDoor(portal, grace)
    const own = await visitDuo(portal, web)
    const mixed = { state: own.state ?? '', duo_code: hers.duo_code ?? '' }
    expect((await comeBack(web, mixed)).body.code).toBe('duo-refused')
    expect((await comeBack(web, own)).body.code).toMatch(/too-many-tries|challenge-over/)
  })

  test('five minutes and no longer', async () => {
    const web = await atTheDoor(portal, grace)
    const query = await visitDuo(portal, web)
    portal.clock.moveTo(5 * 60_000)
    expect((await comeBack(web, query)).body.code).toBe('challenge-over')
    portal.clock.moveTo(0)
  })

  test('a state counts once, also of two at the same moment', async () => {
    const web = await atTheDoor(portal, grace)
    const query = await visitDuo(portal, web)
    const answers = await Promise.all([comeBack(web, query), comeBack(web, query), comeBack(web, query)])
    expect(answers.filter((one) => one.body?.outcome === 'signed-in')).toHaveLength(1)
    const [{ count } = { count: 0 }] = await portal.owner`
      select count(*)::int as count from sessions where ended_at is null`
    expect(count).toBe(1)
  })

  test.each(['deny', 'fraud'] as const)('%s is a refusal, on record', async (decision) => {
    const web = await atTheDoor(portal, grace)
    const query = await visitDuo(portal, web, decision)
    expect(query.error).toBe('access_denied')
    expect(await comeBack(web, query)).toMatchObject({ status: 403, body: { code: 'duo-refused' } })
    expect((await events('sign-in.factor')).at(-1)).toMatchObject({
      outcome: 'failed',
      detail: { duo: 'denied' },
    })
    expect((await comeBack(web, await visitDuo(portal, web))).body).toEqual({ outcome: 'signed-in' })
  })

  test.each([
    'denied',
    'other-user',
    'other-case',
    'wrong-issuer',
    'wrong-audience',
    'expired',
    'hs256',
    'unsigned',
    'swapped-state',
    'nonsense',
  ])('mischief of Duo’s: %s lets nobody in', async (mischief) => {
    await sandbox.ask('PUT', '/duo/policy', { mischief })
    const web = await atTheDoor(portal, grace)
    const answer = await comeBack(web, await visitDuo(portal, web))
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await web.get('/api/session')).status).toBe(401)
  })
})

describe('A-51 Duo down', () => {
  test.each(['down', 'slow', 'error'])(
    '%s before the visit: refused, on record, and fine once it is back',
    async (mode) => {
      const web = await atTheDoor(portal, grace)
      await sandbox.ask('PUT', '/faults/duo', { mode })
      expect(await askDuo(web)).toMatchObject({ status: 502, body: { code: 'duo-unavailable' } })
      expect((await events('sign-in.factor')).at(-1)).toMatchObject({
        outcome: 'failed',
        detail: { problem: 'duo-unavailable' },
      })
      await sandbox.ask('DELETE', '/faults/duo')
      expect((await comeBack(web, await visitDuo(portal, web))).body).toEqual({ outcome: 'signed-in' })
    },
  )

  test.each(['down', 'slow', 'error'])(
    '%s after the visit: the same way back works once it answers',
    async (mode) => {
      const web = await atTheDoor(portal, grace)
      const query = await visitDuo(portal, web)
      await sandbox.ask('PUT', '/faults/duo', { mode })
      expect(await comeBack(web, query)).toMatchObject({ status: 502, body: { code: 'duo-unavailable' } })
      expect((await web.get('/api/session')).status).toBe(401)
      await sandbox.ask('DELETE', '/faults/duo')
      expect((await comeBack(web, query)).body).toEqual({ outcome: 'signed-in' })
    },
  )

  test('keys that Duo does not accept any more let nobody in', async () => {
    await portal.owner`update duo_settings set integration_key = 'DIXXXXXXXXXXXXXXXXXX'`
    const web = await atTheDoor(portal, grace)
    expect(await askDuo(web)).toMatchObject({
      status: 502,
      body: { code: 'duo-unavailable', detail: 'wrong-keys' },
    })
  })
})
