import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'
import { later } from '../testing/steps.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))

const people = ['grace@northwind.test', 'wes@both.test', 'carol@client.test']

/** What a live session says of its person, where it is not what persons, memberships and companies say. */
const untrue = () => portal.owner`
  select s.id from sessions s join persons p on p.id = s.person_id
  left join memberships m on m.person_id = s.person_id and m.company_id = s.company_id
    and m.joined_at is not null and m.deactivated_at is null
  left join companies c on c.id = s.company_id
  where s.ended_at is null and (s.name, s.email, s.role, s.account_type, s.company_name, s.companies) is distinct from
    (p.name, p.email, m.role, m.account_type, c.name, (select count(*)::int from memberships o
      where o.person_id = s.person_id and o.joined_at is not null and o.deactivated_at is null))`

const change = fc.oneof(
  fc.record({ kind: fc.constant('name' as const), name: fc.string({ minLength: 1, maxLength: 8 }) }),
  fc.record({ kind: fc.constant('role' as const), role: fc.constantFrom('employee', 'admin') }),
  fc.record({ kind: fc.constantFrom('deactivate' as const, 'reactivate' as const, 'rename' as const) }),
  fc.record({ kind: fc.constant('choose' as const) }),
)
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

const ofPerson = (email: string) => portal.owner`(select id from persons where email = ${email})`

const apply = async (email: string, one: Change) => {
  const now = portal.clock.now()
  const { owner } = portal
  // The name holds no NUL, which PostgreSQL's text cannot.
  if (one.kind === 'name')
    await owner`update persons set name = ${one.name.replaceAll('\0', '')} where email = ${email}`
  if (one.kind === 'role')
    await owner`update memberships set role = ${one.role} where account_type = 'employee' and person_id = ${ofPerson(email)}`
  if (one.kind === 'deactivate')
    await owner`update memberships set deactivated_at = ${now} where person_id = ${ofPerson(email)}`
  if (one.kind === 'reactivate')
    await owner`update memberships set deactivated_at = null where person_id = ${ofPerson(email)}`
  if (one.kind === 'rename') await owner`update companies set name = name || '.'`
}

describe('what a session says of its person is true, whoever changed it (decision 15)', () => {
  test('after any changes', async () => {
    const webs = new Map(
      await Promise.all(people.map(async (email) => [email, await signedIn(portal, email)] as const)),
    )
    const changes = fc.array(fc.tuple(fc.constantFrom(...people), change), { minLength: 3, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        for (const [email, one] of all) {
          if (one.kind === 'choose') {
            const web = webs.get(email)
            const companies = await web?.get('/api/session/companies')
            const [first] = companies?.status === 200 ? companies.body : []
            if (first) await web?.post('/api/session/company', { companyId: first.id })
          } else await apply(email, one)
          expect(await untrue()).toEqual([])
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  test('a session opened or entering a company while the role changes has the role that stays', async () => {
    const wes = await signedIn(portal, 'wes@both.test')
    const { body } = await wes.get('/api/session/companies')
    for (let round = 0; round < 12; round++) {
      const role = round % 2 ? 'employee' : 'admin'
      later(portal, 60)
      await Promise.all([
        portal.owner`update memberships set role = ${role} where person_id = ${ofPerson('wes@both.test')}`,
        wes.post('/api/session/company', { companyId: body[round % 2].id }),
        portal.owner`update memberships set role = ${role} where person_id = ${ofPerson('grace@northwind.test')}`,
        signedIn(portal, 'grace@northwind.test'),
      ])
      expect(await untrue()).toEqual([])
    }
    const [live] = await portal.owner`select count(*)::int as n from sessions where ended_at is null`
    expect(live?.n).toBeGreaterThan(5)
  }, 60_000)

  test('the next request after a demotion has the lesser role', async () => {
    await portal.owner`update memberships set role = 'admin' where person_id = ${ofPerson('grace@northwind.test')}`
    const grace = await signedIn(portal, 'grace@northwind.test')
    expect((await grace.get('/api/session')).body.role).toBe('admin')
    await portal.owner`update memberships set role = 'employee' where person_id = ${ofPerson('grace@northwind.test')}`
    expect((await grace.get('/api/session')).body.role).toBe('employee')
    await portal.owner`update memberships set deactivated_at = now() where person_id = ${ofPerson('grace@northwind.test')}`
    expect((await grace.get('/api/session')).status).toBe(401)
  })
})
