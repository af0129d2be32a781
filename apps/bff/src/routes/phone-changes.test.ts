import { demoPassword } from '@countersign/core/demo/people'
import { cleanUp } from '@countersign/core/jobs/clean-up'
import { tick } from '@countersign/core/jobs/tasks'
import { beforeEach, describe, expect, test } from 'vitest'
import { deliverMails } from '../testing/mails.ts'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { idOf } from '../testing/recovering.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
})

const grace = 'grace@northwind.test'
const hour = 3_600_000

const verifyNumber = async (web: Browser, challengeId: string, number: string) => {
  const verify = `/api/challenges/${challengeId}/verify`
  await web.post(verify, { phone: number, country: 'US' })
  return web.post(verify, { code: portal.phones.codeFor(number) })
}

/** From the challenge, with the password and without the phone. */
const ask = async (email: string, number: string) => {
  const web = browser(portal)
  await web.post('/api/sign-in', { email, password: demoPassword })
  const begun = await web.post('/api/recovery/phone-change')
  return { web, begun, proven: await verifyNumber(web, begun.body.id, number) }
}

const waysOf = async (email: string): Promise<string[]> => {
  const begun = await browser(portal).post('/api/sign-in', { email, password: demoPassword })
  return begun.body.signIn.step.ways.map((way: { factor: string }) => way.factor)
}

const cancelTokenIn = (text: string) => /cancel-phone-change#(\S+)/.exec(text)?.[1]

describe('a phone change without the old phone', () => {
  test('waits 72 hours to the second, while the old factor works on', async () => {
    const { web, proven } = await ask(grace, '+14155550122')
    expect(proven.body.outcome).toBe('phone-change')
    const options = (await web.get('/api/recovery/options')).body
    expect(options).toMatchObject({ admins: ['Ada Moreau'], phoneChange: { hours: 72, waiting: {} } })
    expect(options.phoneChange.waiting.number).toBe('+1 ••• ••• ••22')
    const mails = await deliverMails(portal)
    expect(mails.find((mail) => mail.to === 'ada@northwind.test')?.subject).toContain('Grace Lindqvist')
    const readyAt = Date.parse(proven.body.readyAt)
    const at = async (ms: number) => {
      portal.clock.moveTo(readyAt - Date.now() + ms)
      await tick(portal.deps)
      return waysOf(grace)
    }
    expect(await at(-1000)).toEqual(['totp'])
    expect(await at(1000)).toEqual(expect.arrayContaining(['totp', 'phone']))
    await tick(portal.deps)
    const told = (await deliverMails(portal)).filter(
      (mail) => mail.subject === 'Your phone number was changed',
    )
    expect(told).toHaveLength(1)
  })

  test('is cancelled by a confirmed click, once; opening the link does nothing', async () => {
    await ask(grace, '+14155550122')
    const mail = (await deliverMails(portal)).find((one) => one.to === grace && cancelTokenIn(one.text))
    const token = cancelTokenIn(mail?.text ?? '')
    const anybody = browser(portal)
    expect((await anybody.get('/api/recovery/phone-change/cancel')).status).toBe(404)
    expect((await anybody.post('/api/recovery/phone-change/cancel', { token })).status).toBe(204)
    expect((await anybody.post('/api/recovery/phone-change/cancel', { token })).body.code).toBe('link-over')
    portal.clock.moveTo(80 * hour)
    await tick(portal.deps)
    expect(await waysOf(grace)).toEqual(['totp'])
  })

  test('ends with "this wasn’t me", and the owner signed in may cancel it too', async () => {
    await ask(grace, '+14155550122')
    const owner = await signedIn(portal, grace)
    expect((await owner.get('/api/recovery/phone-change')).body.change.number).toBe('+1 ••• ••• ••22')
    expect((await owner.delete('/api/recovery/phone-change')).status).toBe(204)
    expect((await owner.get('/api/recovery/phone-change')).body.change).toBeNull()
    await ask(grace, '+14155550123')
    const mail = (await deliverMails(portal)).findLast((one) => one.subject.startsWith('Somebody wants'))
    const token = /not-me#(\S+)/.exec(mail?.text ?? '')?.[1]
    expect((await browser(portal).post('/api/links/not-me', { token })).status).toBe(204)
    portal.clock.moveTo(80 * hour)
    await tick(portal.deps)
    expect(await waysOf(grace)).toEqual(['totp'])
  })

  test('is approved early by a Security Admin who just proved a factor, once', async () => {
    await ask(grace, '+14155550122')
    const admin = await signedIn(portal, 'ada@northwind.test')
    const [change] = (await admin.get('/api/recovery/phone-changes')).body.changes
    expect(change.person.name).toBe('Grace Lindqvist')
    const approve = `/api/recovery/phone-changes/${change.id}/approve`
    expect((await (await signedIn(portal, 'barbara@northwind.test')).post(approve)).body.code).toBe(
      'not-allowed',
    )
    const answers = await Promise.all([admin.post(approve), admin.post(approve)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 404])
    expect(await waysOf(grace)).toEqual(expect.arrayContaining(['totp', 'phone']))
    const [row] = await portal.owner<{ detail: { how: string } }[]>`
      select detail from audit_events where event = 'phone-change.done'`
    expect(row?.detail.how).toBe('approved')
  })

  test('A-58 of somebody of several companies is hurried by none of them, and declined by any', async () => {
    await ask('wes@both.test', '+14155550122')
    const sam = await signedIn(portal, 'sam@contoso.test')
    const [change] = (await sam.get('/api/recovery/phone-changes')).body.changes
    const hurried = await sam.post(`/api/recovery/phone-changes/${change.id}/approve`)
    expect(hurried).toMatchObject({ status: 409, body: { code: 'several-companies' } })
    expect(await waysOf('wes@both.test')).toEqual(['totp'])
    expect((await sam.post(`/api/recovery/phone-changes/${change.id}/decline`)).status).toBe(204)
  })

  test('A-37 is not approved by a session that is not fresh, nor by its own person', async () => {
    await ask('ada@northwind.test', '+14155550122')
    const admin = await signedIn(portal, 'ada@northwind.test')
    const [change] = (await admin.get('/api/recovery/phone-changes')).body.changes
    const approve = `/api/recovery/phone-changes/${change.id}/approve`
    expect((await admin.post(approve)).body.code).toBe('not-yourself')
    portal.clock.moveTo(6 * 60_000)
    expect((await admin.post(approve)).body.code).toBe('step-up-required')
  })

  test('A-58 is out of reach of another company', async () => {
    await ask(grace, '+14155550122')
    const sam = await signedIn(portal, 'sam@contoso.test')
    expect((await sam.get('/api/recovery/phone-changes')).body.changes).toEqual([])
    const [row] = await portal.owner<{ id: string }[]>`select id from phone_changes`
    for (const act of ['approve', 'decline'])
      expect((await sam.post(`/api/recovery/phone-changes/${row?.id}/${act}`)).status).toBe(404)
    expect(await waysOf(grace)).toEqual(['totp'])
  })

  test('one waits at a time, and three are asked for in a day at most', async () => {
    const { web } = await ask(grace, '+14155550122')
    expect((await web.post('/api/recovery/phone-change')).body.code).toBe('phone-change-waiting')
  })

  test('outlives the daily clean-up while it waits, and is gone long after its end', async () => {
    await ask(grace, '+14155550122')
    portal.clock.moveTo(50 * hour)
    await cleanUp(portal.deps)
    portal.clock.moveTo(73 * hour)
    await tick(portal.deps)
    expect(await waysOf(grace)).toEqual(expect.arrayContaining(['totp', 'phone']))
    await ask('linus@northwind.test', '+14155550123')
    const owner = await signedIn(portal, 'linus@northwind.test')
    expect((await owner.delete('/api/recovery/phone-change')).status).toBe(204)
    portal.clock.moveTo(73 * hour + 91 * 24 * hour)
    await cleanUp(portal.deps)
    expect(await portal.owner`select 1 from phone_changes`).toHaveLength(0)
    expect(await portal.owner`select 1 from authenticators where added_at is null`).toHaveLength(0)
    expect(await waysOf(grace)).toEqual(expect.arrayContaining(['totp', 'phone']))
  })

  test('of somebody deactivated meanwhile it is dropped', async () => {
    await ask(grace, '+14155550122')
    await portal.owner`update memberships set deactivated_at = now() where person_id = ${await idOf(portal, grace)}`
    portal.clock.moveTo(73 * hour)
    await tick(portal.deps)
    const [row] = await portal.owner`select done_at, cancelled_at from phone_changes`
    expect(row).toMatchObject({ doneAt: null, cancelledAt: expect.any(Date) })
  })
})

describe('a phone change in the profile', () => {
  test('verifies the new number, then replaces the old one and the number on file', async () => {
    const web = await signedIn(portal, grace)
    const first = await web.post('/api/recovery/phone-change')
    await verifyNumber(web, first.body.id, '+14155550102')
    const second = await web.post('/api/recovery/phone-change')
    expect(second.body.purpose).toBe('phone-change')
    const proven = await verifyNumber(web, second.body.id, '+14155550144')
    expect(proven.body.outcome).toBe('enrolled')
    const { authenticators } = (await web.get('/api/account/security')).body
    const phones = authenticators.filter((one: { factor: string }) => one.factor === 'phone')
    expect(phones.map((one: { name: string }) => one.name)).toEqual(['+1 ••• ••• ••44'])
    const [member] = await portal.owner<{ mobileNumber: string }[]>`
      select mobile_number from memberships where person_id = ${await idOf(portal, grace)}`
    expect(member?.mobileNumber).toBe('+14155550144')
  })
})

describe('a caller check', () => {
  test('shows the same three words at both ends, and a mismatch is reported once', async () => {
    const admin = await signedIn(portal, 'ada@northwind.test')
    const web = await signedIn(portal, grace)
    expect((await web.get('/api/recovery/caller-check')).body.check).toBeNull()
    const asked = await admin.post(`/api/recovery/people/${await idOf(portal, grace)}/caller-check`)
    const { check } = (await web.get('/api/recovery/caller-check')).body
    expect(check.words).toEqual(asked.body.words)
    expect(check).toMatchObject({ name: 'Ada Moreau', company: 'Northwind IT' })
    const other = await signedIn(portal, 'linus@northwind.test')
    const path = `/api/recovery/caller-checks/${check.id}/mismatch`
    expect((await other.post(path)).status).toBe(404)
    expect((await web.post(path)).status).toBe(204)
    expect((await admin.post(path)).status).toBe(404)
    const mails = await deliverMails(portal)
    expect(mails.some((mail) => mail.subject.startsWith('A caller may be'))).toBe(true)
  })
})
