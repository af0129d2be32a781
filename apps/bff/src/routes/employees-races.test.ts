import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))

const admins = [
  'ada@northwind.test',
  'barbara@northwind.test',
  'grace@northwind.test',
  'linus@northwind.test',
]

const idOf = async (email: string): Promise<string> => {
  const [row] = await portal.owner<{ id: string }[]>`select id from persons where email = ${email}`
  return row?.id ?? ''
}
const northwind = () => portal.owner`select id from companies where name = 'Northwind IT'`
const promote = () => portal.owner`
  update memberships set role = 'security_admin', deactivated_at = null
  where person_id in (select id from persons where email = any(${admins}))`
const activeSecurityAdmins = async () => {
  const [row] = await portal.owner<{ n: number }[]>`
    select count(*)::int as n from memberships m join companies c on c.id = m.company_id
    where c.name = 'Northwind IT' and role = 'security_admin' and joined_at is not null and deactivated_at is null`
  return row?.n ?? 0
}

type Attack = { by: number; on: number; how: 'demote' | 'deactivate' }
const attack: fc.Arbitrary<Attack> = fc.record({
  by: fc.nat(admins.length - 1),
  on: fc.nat(admins.length - 1),
  how: fc.constantFrom('demote', 'deactivate'),
})

const strike = async (webs: Browser[], { by, on, how }: Attack) => {
  const id = await idOf(admins[on] ?? '')
  const web = webs[by]
  if (!web) throw new Error('No such admin')
  if (how === 'deactivate') return web.post(`/api/employees/${id}/deactivate`)
  const seen = await web.get(`/api/employees/${id}`)
  return web.patch(`/api/employees/${id}`, { version: seen.body.version ?? 0, role: 'employee' })
}

describe('always one active Security Admin', () => {
  test('under any parallel demotions and deactivations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(attack, { minLength: 4, maxLength: 12 }), async (attacks) => {
        await portal.play('enrolled')
        await promote()
        const webs: Browser[] = []
        for (const email of admins) webs.push(await signedIn(portal, email))
        const answers = await Promise.all(attacks.map((one) => strike(webs, one)))
        expect(await activeSecurityAdmins()).toBeGreaterThan(0)
        for (const { status } of answers) expect([200, 401, 403, 409]).toContain(status)
      }),
      { numRuns: 5 },
    )
  }, 120_000)

  test('two who demote each other at the same moment: one of them stays', async () => {
    await promote()
    await portal.owner`
      update memberships set role = 'employee'
      where person_id in (${await idOf(admins[2] ?? '')}, ${await idOf(admins[3] ?? '')})`
    const webs = [await signedIn(portal, admins[0] ?? ''), await signedIn(portal, admins[1] ?? '')]
    const answers = await Promise.all([
      strike(webs, { by: 0, on: 1, how: 'demote' }),
      strike(webs, { by: 1, on: 0, how: 'demote' }),
    ])
    expect(await activeSecurityAdmins()).toBe(1)
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1)
  })

  test('the last one is refused, and told why', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect(await strike([ada], { by: 0, on: 0, how: 'demote' })).toMatchObject({
      status: 409,
      body: { code: 'last-security-admin' },
    })
  })

  test('plain SQL of the application cannot get round it, not even at the same moment', async () => {
    await promote()
    const [company] = await northwind()
    const demoteAll = portal.deps
      .sql`update memberships set role = 'employee' where company_id = ${company?.id}`
    await expect(demoteAll).rejects.toThrow('keeps one active Security Admin')
    // Each of four leaves the others, as far as it can see.
    const one = (email: string) =>
      portal.deps
        .sql`update memberships set deactivated_at = now() where person_id = (select id from persons where email = ${email})`
    const ends = await Promise.allSettled(admins.map(one))
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(3)
    expect(await activeSecurityAdmins()).toBe(1)
    await expect(portal.deps.sql`delete from memberships where company_id = ${company?.id}`).rejects.toThrow()
  })
})

describe('at the same moment', () => {
  test('one address is added twice: one member, one invitation', async () => {
    const [ada, barbara] = [
      await signedIn(portal, 'ada@northwind.test'),
      await signedIn(portal, 'barbara@northwind.test'),
    ]
    const nora = {
      name: 'Nora',
      email: 'nora@northwind.test',
      role: 'employee',
      accountType: 'employee',
      mobileNumber: null,
    }
    const answers = await Promise.all(
      [ada, barbara, ada, barbara].map((web) => web.post('/api/employees', nora)),
    )
    expect(answers.map((one) => one.status).sort()).toEqual([201, 409, 409, 409])
    const mails = await portal.owner`select 1 from mails where template = 'invitation'`
    expect(mails).toHaveLength(1)
  })

  test('two people get one address: one of them', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const answers = await Promise.all(
      ['grace@northwind.test', 'linus@northwind.test'].map(async (email) => {
        const { id, version } = (await ada.get(`/api/employees/${await idOf(email)}`)).body
        return ada.patch(`/api/employees/${id}`, { version, email: 'same@northwind.test' })
      }),
    )
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409])
    expect(answers.find((one) => one.status === 409)?.body.code).toBe('email-taken')
  })
})
