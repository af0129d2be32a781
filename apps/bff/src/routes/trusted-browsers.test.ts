import { days } from '@countersign/core/clock'
import { beforeEach, expect, test } from 'vitest'
import { browser, testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const office = '198.51.100.7'
const list = '/api/account/trusted-browsers'

beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
  const admin = await signedIn(portal, 'ada@northwind.test', browser(portal, '203.0.113.9'))
  await admin.post('/api/networks', { name: 'Head office', cidr: '198.51.100.0/24' })
})

const atOffice = () => signedIn(portal, 'grace@northwind.test', browser(portal, office))

test('tells which browser is trusted, on which network and until when', async () => {
  const grace = await atOffice()
  const { body } = await grace.get(list)
  expect(body).toMatchObject([{ network: 'Head office', browser: 'Firefox on Linux' }])
  expect(new Date(body[0].until).getTime() - new Date(body[0].checkedAt).getTime()).toBe(days(21))
})

test('one that is forgotten is asked again, and the audit has it', async () => {
  const grace = await atOffice()
  const [row] = (await grace.get(list)).body
  expect((await grace.delete(`${list}/${row.id}`)).status).toBe(204)
  expect((await grace.get(list)).body).toEqual([])
  const again = await grace.post('/api/sign-in', {
    email: 'grace@northwind.test',
    password: 'plenty of paper clips',
  })
  expect(again.body.done).toBe(false)
  const [event] = await portal.owner`select detail from audit_events where event = 'trust.ended'`
  expect(event?.detail).toEqual({ network: 'Head office' })
})

test('A-58 cross-tenant id swap: nobody else can forget it', async () => {
  const [row] = (await (await atOffice()).get(list)).body
  const sam = await signedIn(portal, 'sam@contoso.test')
  expect(await sam.delete(`${list}/${row.id}`)).toMatchObject({ status: 404, body: { code: 'not-found' } })
})

test('an expired one is not listed, and signing out all others ends every one', async () => {
  const grace = await atOffice()
  await grace.delete('/api/session/others')
  expect((await grace.get(list)).body).toEqual([])
  await atOffice()
  portal.clock.moveTo(days(22))
  expect((await (await atOffice()).get(list)).body).toHaveLength(1)
})
