import { days, hours, minutes } from '@countersign/core/clock'
import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const office = '198.51.100.7'
const elsewhere = '203.0.113.9'
const grace = 'grace@northwind.test'
const ada = 'ada@northwind.test'
const trustCookie = '__Host-rem'

beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
})

const addOffice = async (cidr = '198.51.100.0/24') => {
  const admin = await signedIn(portal, ada, browser(portal, elsewhere))
  const answer = await admin.post('/api/networks', { name: 'Head office', cidr })
  return { admin, answer }
}
/** Signs in with the password and says what came of it. */
const enter = async (web: Browser, email = grace) => {
  const begun = await web.post('/api/sign-in', { email, password: demoPassword })
  if (begun.body.done) return { skipped: true, reason: null }
  return { skipped: false, reason: begun.body.signIn?.reason as { rule: string; days?: number } }
}
const atOffice = async (email = grace) => {
  await addOffice()
  return signedIn(portal, email, browser(portal, office))
}

describe('a trusted network', () => {
  test('skips the question on day 20 and asks on day 22, saying why', async () => {
    const web = await atOffice()
    portal.clock.moveTo(days(20))
    expect(await enter(web)).toEqual({ skipped: true, reason: null })
    expect((await web.get('/api/session')).body).toMatchObject({ aal: 1, amr: ['pwd'] })
    portal.clock.moveTo(days(22))
    expect(await enter(web)).toMatchObject({
      skipped: false,
      reason: { rule: 'trust-expired', days: 22, network: 'Head office' },
    })
  })

  test('the 21 days are fixed: use does not extend them', async () => {
    const web = await atOffice()
    for (const day of [5, 10, 15, 20]) {
      portal.clock.moveTo(days(day))
      expect((await enter(web)).skipped).toBe(true)
    }
    portal.clock.moveTo(days(21) - minutes(1))
    expect((await enter(web)).skipped).toBe(true)
    portal.clock.moveTo(days(21) + minutes(1))
    expect((await enter(web)).skipped).toBe(false)
  })

  test('such a session asks for the factor before anything sensitive', async () => {
    const web = await atOffice()
    portal.clock.moveTo(hours(1))
    await enter(web)
    const codes = await web.post('/api/challenges/enrolments', { factor: 'recovery-codes' })
    expect(codes).toMatchObject({ status: 403, body: { code: 'step-up-required' } })
  })

  test('holds for this browser, network, person only', async () => {
    const web = await atOffice()
    expect((await enter(browser(portal, office))).skipped).toBe(false)
    const moved = browser(portal, elsewhere)
    for (const [name, value] of web.jar) moved.jar.set(name, value)
    expect((await enter(moved)).skipped).toBe(false)
    const other = browser(portal, office)
    for (const [name, value] of web.jar) other.jar.set(name, value)
    expect((await enter(other, 'linus@northwind.test')).skipped).toBe(false)
  })

  test('a check made elsewhere gives no trust', async () => {
    await addOffice()
    const web = await signedIn(portal, grace, browser(portal, elsewhere))
    expect(web.jar.has(trustCookie)).toBe(false)
  })

  test('people of several companies are always asked', async () => {
    const web = await atOffice('wes@both.test')
    expect(web.jar.has(trustCookie)).toBe(false)
    expect((await enter(web, 'wes@both.test')).skipped).toBe(false)
  })

  test('A-44 client account remembered: carol is asked every time', async () => {
    const web = await atOffice('carol@client.test')
    expect(web.jar.has(trustCookie)).toBe(false)
    expect((await enter(web, 'carol@client.test')).reason?.rule).toBe('client-account')
    // Not even with a trust row that should not exist.
    await portal.owner`
      insert into network_trusts (person_id, company_id, network_id, token_hash, verified_at)
      select p.id, n.company_id, n.id, sha256('x'), now() from persons p, trusted_networks n
      where p.email = 'carol@client.test'`
    web.jar.set(trustCookie, 'x')
    expect((await enter(web, 'carol@client.test')).skipped).toBe(false)
  })

  test('A-42 remember cookie as session: alone it opens nothing, and a password alone earns none', async () => {
    const web = await atOffice()
    const token = web.jar.get(trustCookie) ?? ''
    expect(token).not.toBe('')
    const alone = browser(portal, office)
    alone.jar.set(trustCookie, token)
    expect((await alone.get('/api/session')).status).toBe(401)
    expect((await alone.post('/api/sign-in', { email: grace, password: 'wrong wrong wrong' })).status).toBe(
      401,
    )
    const halfway = browser(portal, office)
    await enter(halfway)
    expect(halfway.jar.has(trustCookie)).toBe(false)
  })

  test('the token is replaced at each use; a copy that comes back ends the trust of both', async () => {
    const web = await atOffice()
    const thief = browser(portal, office)
    thief.jar.set(trustCookie, web.jar.get(trustCookie) ?? '')
    expect((await enter(web)).skipped).toBe(true)
    expect(web.jar.get(trustCookie)).not.toBe(thief.jar.get(trustCookie))
    expect((await enter(thief)).skipped).toBe(false)
    expect((await enter(web)).skipped).toBe(false)
    const events = await portal.owner`select 1 from audit_events where event = 'trust.reused'`
    expect(events).toHaveLength(1)
  })

  test('A-42 whoever used a copy first is put out when its owner comes back', async () => {
    const web = await atOffice()
    const thief = browser(portal, office)
    thief.jar.set(trustCookie, web.jar.get(trustCookie) ?? '')
    expect((await enter(thief)).skipped).toBe(true)
    expect((await thief.get('/api/session')).status).toBe(200)
    expect((await enter(web)).skipped).toBe(false)
    expect((await thief.get('/api/session')).status).toBe(401)
  })

  test('of two uses of one token at the same moment at most one skips', async () => {
    const web = await atOffice()
    const copies = [browser(portal, office), browser(portal, office)]
    for (const copy of copies) copy.jar.set(trustCookie, web.jar.get(trustCookie) ?? '')
    const outcomes = await Promise.all(copies.map((copy) => enter(copy)))
    expect(outcomes.filter(({ skipped }) => skipped).length).toBeLessThanOrEqual(1)
  })

  test('the cookie is for this host, this site and 21 days', async () => {
    await addOffice()
    const web = browser(portal, office)
    const begun = await web.post('/api/sign-in', { email: grace, password: demoPassword })
    expect(begun.headers.getSetCookie().join()).not.toContain(trustCookie)
    const again = await signedIn(portal, grace, browser(portal, office))
    const skipped = await again.post('/api/sign-in', { email: grace, password: demoPassword })
    const cookie = skipped.headers.getSetCookie().find((line) => line.startsWith(trustCookie))
    expect(cookie).toMatch(/Max-Age=1814400; Path=\/; HttpOnly; Secure; SameSite=Strict/)
  })
})

describe('trust ends at once', () => {
  const person = async (email = grace) => {
    const [row] = await portal.owner`select id from persons where email = ${email}`
    return row?.id as string
  }
  const endings: [string, (web: Browser) => Promise<unknown>][] = [
    [
      'a factor removed',
      async () => portal.deps.sql`
      update authenticators set removed_at = now(), credential = null where person_id = ${await person()} and name = 'x'`,
    ],
    ['sign out everywhere', async (web) => web.delete('/api/session/others')],
    [
      'a new password',
      async () => portal.deps.sql`
      update persons set password_changed_at = now() where id = ${await person()}`,
    ],
    [
      'a role gained',
      async () => portal.deps.sql`
      update memberships set role = 'admin' where person_id = ${await person()}`,
    ],
    [
      'deactivation, also when taken back',
      async () => {
        await portal.deps
          .sql`update memberships set deactivated_at = now() where person_id = ${await person()}`
        await portal.deps
          .sql`update memberships set deactivated_at = null where person_id = ${await person()}`
      },
    ],
    [
      'the network removed',
      async () => {
        const admin = await signedIn(portal, ada, browser(portal, elsewhere))
        const [network] = (await admin.get('/api/networks')).body
        expect((await admin.delete(`/api/networks/${network.id}`)).status).toBe(204)
      },
    ],
  ]
  test.each(endings)('by %s', async (_name, end) => {
    const web = await atOffice()
    await portal.owner`insert into authenticators (person_id, factor, name, credential, created_at, added_at)
      values (${await person()}, 'phone', 'x', 'x', now(), now())`
    expect((await enter(web)).skipped).toBe(true)
    await end(web)
    expect((await enter(web)).skipped).toBe(false)
  })

  test('not by an ordinary sign-out', async () => {
    const web = await atOffice()
    await web.delete('/api/session')
    expect((await enter(web)).skipped).toBe(true)
  })

  test.each([null, 'Old office'])(
    'removing the network (renamed: %j) also ends the sessions it let in',
    async (name) => {
      const web = await atOffice()
      await enter(web)
      const admin = await signedIn(portal, ada, browser(portal, elsewhere))
      const [network] = (await admin.get('/api/networks')).body
      expect(network).toMatchObject({ name: 'Head office', cidr: '198.51.100.0/24', trusted: 1 })
      if (name) expect((await admin.patch(`/api/networks/${network.id}`, { name })).status).toBe(204)
      expect((await web.get('/api/session')).status).toBe(200)
      await admin.delete(`/api/networks/${network.id}`)
      expect((await web.get('/api/session')).status).toBe(401)
    },
  )
})

describe('A-40 forged client IP', () => {
  const forged: [string, string, Record<string, string>][] = [
    [
      'the header appended to by a client of the proxy',
      elsewhere,
      { 'x-forwarded-for': `${office}, ${elsewhere}` },
    ],
    ['many values', elsewhere, { 'x-forwarded-for': `${office}, ${office}, ${elsewhere}` }],
    ['Forwarded', elsewhere, { forwarded: `for=${office}` }],
    ['X-Real-IP', elsewhere, { 'x-real-ip': office }],
    ['True-Client-IP', elsewhere, { 'true-client-ip': office }],
    ['CF-Connecting-IP', elsewhere, { 'cf-connecting-ip': office }],
    ['leading zeros', elsewhere, { 'x-forwarded-for': '198.051.100.007' }],
    ['a port', elsewhere, { 'x-forwarded-for': `${office}:443` }],
    ['an unknown word', elsewhere, { 'x-forwarded-for': 'unknown' }],
    ['hexadecimal', elsewhere, { 'x-forwarded-for': '0xc6336407' }],
    ['the zone of a link', elsewhere, { 'x-forwarded-for': 'fe80::1%eth0' }],
    ['an address that holds another in a zone', elsewhere, { 'x-forwarded-for': `fe80::1%${office}` }],
  ]
  test.each(forged)('%s does not skip the question', async (_name, address, headers) => {
    const web = await atOffice()
    const outside = browser(portal, address)
    for (const [name, value] of web.jar) outside.jar.set(name, value)
    const begun = await outside.post('/api/sign-in', { email: grace, password: demoPassword }, headers)
    expect(begun.body.done).toBe(false)
  })

  test('IPv4 in IPv6 is the same place, whichever way the proxy writes it', async () => {
    const web = await atOffice()
    const headers = { 'x-forwarded-for': `::ffff:${office}` }
    const begun = await web.post('/api/sign-in', { email: grace, password: demoPassword }, headers)
    expect(begun.body.done).toBe(true)
  })
})

describe('A-45 poisoned network list', () => {
  test.each([
    ['0.0.0.0/0', 'network-too-wide'],
    ['::/0', 'network-too-wide'],
    ['0.0.0.0/1', 'network-too-wide'],
    ['10.0.0.0/16', 'network-private'],
    ['127.0.0.1', 'network-private'],
    ['100.64.0.0/16', 'network-private'],
    ['169.254.0.0/16', 'network-private'],
    ['nonsense', 'network-invalid'],
  ])('%s is refused', async (cidr, code) => {
    const { answer } = await addOffice(cidr)
    expect(answer).toMatchObject({ status: 422, body: { code, fields: { cidr: code } } })
  })

  test('needs a fresh factor and the role; all Security Admins are told, and the audit', async () => {
    const barbara = await signedIn(portal, 'barbara@northwind.test')
    expect((await barbara.post('/api/networks', { name: 'x', cidr: office })).status).toBe(403)
    const { admin, answer } = await addOffice()
    expect(answer.status).toBe(204)
    portal.clock.moveTo(minutes(6))
    expect((await admin.post('/api/networks', { name: 'y', cidr: '198.18.0.1' })).body.code).toBe(
      'step-up-required',
    )
    const batches =
      await portal.owner`select audience, total, params from mail_batches where template = 'networks-changed'`
    expect(batches).toMatchObject([
      { audience: 'security-admins', total: 1, params: { what: 'added “Head office” (198.51.100.0/24)' } },
    ])
    expect(await portal.owner`select 1 from audit_events where event = 'network.added'`).toHaveLength(1)
  })

  test('ranges do not overlap and are fifty at most, also when added at once', async () => {
    const { admin } = await addOffice()
    const inside = await admin.post('/api/networks', { name: 'Inside', cidr: '198.51.100.64/27' })
    expect(inside).toMatchObject({ status: 409, body: { code: 'network-overlaps' } })
    const many = Array.from({ length: 55 }, (_, index) =>
      admin.post('/api/networks', { name: `Branch ${index}`, cidr: `93.184.${index}.0/24` }),
    )
    const answers = await Promise.all(many)
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(49)
    expect(answers.filter(({ body }) => body?.code === 'too-many')).toHaveLength(6)
  })

  test('A-58 another company’s network is not there', async () => {
    const { admin } = await addOffice()
    const [network] = (await admin.get('/api/networks')).body
    const sam = await signedIn(portal, 'sam@contoso.test', browser(portal, elsewhere))
    expect((await sam.get('/api/networks')).body).toEqual([])
    expect((await sam.delete(`/api/networks/${network.id}`)).status).toBe(404)
    expect((await sam.patch(`/api/networks/${network.id}`, { name: 'Mine' })).status).toBe(404)
    expect((await admin.get('/api/networks')).body).toHaveLength(1)
  })
})
