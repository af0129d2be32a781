import { beforeEach, describe, expect, test } from 'vitest'
import { testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))

const companiesOf = async (web: Awaited<ReturnType<typeof signedIn>>) =>
  (await web.get('/api/session/companies')).body as { id: string; name: string; current: boolean }[]
const token = (web: Awaited<ReturnType<typeof signedIn>>) => web.jar.get('__Host-sid')

describe('a person of several companies', () => {
  test('acts in none until they choose, then in the chosen one, under a new token', async () => {
    const wes = await signedIn(portal, 'wes@both.test')
    expect((await wes.get('/api/session')).body).toMatchObject({ company: null, severalCompanies: true })
    const before = token(wes)
    const companies = await companiesOf(wes)
    expect(companies.map((one) => one.name)).toEqual(['Contoso Resellers', 'Northwind IT'])
    const answer = await wes.post('/api/session/company', { companyId: companies[0]?.id })
    expect(answer.status).toBe(204)
    expect(token(wes)).not.toBe(before)
    expect((await wes.get('/api/session')).body.company).toEqual({
      id: companies[0]?.id,
      name: 'Contoso Resellers',
    })
    const [event] = await portal.owner`
      select company_id, detail from audit_events where event = 'company.entered'`
    expect(event).toMatchObject({ companyId: companies[0]?.id, detail: { switched: false } })
  })

  test('the token of before the choice is dead', async () => {
    const wes = await signedIn(portal, 'wes@both.test')
    const old = token(wes) ?? ''
    const [first] = await companiesOf(wes)
    await wes.post('/api/session/company', { companyId: first?.id })
    wes.jar.set('__Host-sid', old)
    expect((await wes.get('/api/session')).status).toBe(401)
  })

  test('switches, and the current one is marked', async () => {
    const wes = await signedIn(portal, 'wes@both.test')
    for (const { id } of await companiesOf(wes)) {
      await wes.post('/api/session/company', { companyId: id })
      expect((await companiesOf(wes)).filter((one) => one.current).map((one) => one.id)).toEqual([id])
    }
  })

  test('A-58 cross-tenant id swap: a company that is not theirs is not there', async () => {
    const sam = await signedIn(portal, 'sam@contoso.test')
    const [northwind] = await portal.owner`select id from companies where name = 'Northwind IT'`
    const answer = await sam.post('/api/session/company', { companyId: northwind?.id })
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect((await sam.get('/api/session')).body.company.name).toBe('Contoso Resellers')
  })

  test('a company that put them out meanwhile cannot be entered', async () => {
    const wes = await signedIn(portal, 'wes@both.test')
    const [contoso] = await companiesOf(wes)
    await portal.owner`
      update memberships set deactivated_at = ${portal.clock.now()} where company_id = ${contoso?.id ?? ''}
        and person_id = (select id from persons where email = 'wes@both.test')`
    expect((await wes.post('/api/session/company', { companyId: contoso?.id })).status).toBe(404)
  })
})
