import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { deliverMails, passcodeIn } from '../testing/mails.ts'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { askPasscode, idOf, newPassword, recover, sendPasscode, startApp } from '../testing/recovering.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
})

const ada = 'ada@northwind.test'
const grace = 'grace@northwind.test'
const reason = 'Lost the phone on a train'
const advance = (ms: number) => portal.clock.moveTo(ms)
const minute = 60_000

describe('A-27 what was mailed to an address that is another by now', () => {
  const moveTo = async (admin: Browser, email: string) => {
    const id = await idOf(portal, grace)
    const { version } = (await admin.get(`/api/employees/${id}`)).body
    expect((await admin.patch(`/api/employees/${id}`, { version, email })).status).toBe(200)
  }

  test('a passcode opens nothing any more, nor does a sign-in that was begun with one', async () => {
    const admin = await signedIn(portal, ada)
    const passcode = await sendPasscode(portal, admin, grace)
    const web = browser(portal)
    const { challenge } = await askPasscode(web, grace)
    await moveTo(admin, 'grace.l@northwind.test')
    const late = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: passcode })
    expect(late.body.code).toBe('challenge-over')
    expect((await askPasscode(browser(portal), 'grace.l@northwind.test')).way).toBeUndefined()
  })
})

describe('a passcode', () => {
  test('is sent, says so only when the mail server took it, and leads to a new factor', async () => {
    const admin = await signedIn(portal, ada)
    const before = await signedIn(portal, grace)
    const path = `/api/recovery/people/${await idOf(portal, grace)}`
    expect((await admin.get(path)).body).toMatchObject({ bar: null, minutes: 60, passcode: null })
    const sent = await admin.post(`${path}/passcode`, { reason })
    expect(sent.body).toMatchObject({ status: 'sending', sentTo: 'g••••@northwind.test', secondHalf: null })
    await deliverMails(portal, false)
    expect((await admin.get(`/api/recovery/passcodes/${sent.body.id}`)).body.status).toBe('sending')
    const passcode = passcodeIn(await deliverMails(portal), grace)
    expect(passcode).toMatch(/^.{5}-.{5}$/)
    expect((await admin.get(`/api/recovery/passcodes/${sent.body.id}`)).body.status).toBe('sent')

    const web = await recover(portal, grace, passcode)
    expect((await web.get('/api/sign-in')).body.step).toEqual({ kind: 'set-password' })
    const early = await web.post('/api/challenges/enrolments', { factor: 'totp' })
    expect(early.body.code).toBe('wrong-step')
    const chosen = await web.post('/api/recovery/password', { next: newPassword })
    expect(chosen.body.step).toMatchObject({ kind: 'enrol', remindable: false })
    const app = await startApp(portal, web)
    expect((await before.get('/api/session')).status).toBe(200)
    const proven = await web.post(`/api/challenges/${app.begun.body.id}/verify`, { code: app.code() })
    expect(proven.body.next.prompt.kind).toBe('save-codes')
    expect((await before.get('/api/session')).status).toBe(401)
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await web.get('/api/sign-in')).body.step.kind).toBe('save-codes')
    const saved = await web.post(`/api/challenges/${proven.body.next.id}/verify`, { saved: true })
    expect(saved.body.outcome).toBe('signed-in')
    expect((await web.get('/api/session')).body).toMatchObject({ aal: 2, person: { email: grace } })
    const security = (await web.get('/api/account/security')).body
    expect(security).toMatchObject({ secured: true, recoveryCodes: { left: 10 } })
    expect(security.authenticators).toHaveLength(1)

    const old = await browser(portal).post('/api/sign-in', { email: grace, password: demoPassword })
    expect(old.body.code).toBe('wrong-credentials')
    expect((await admin.get(`/api/recovery/passcodes/${sent.body.id}`)).body.status).toBe('used')
    const told = (await deliverMails(portal)).filter((mail) => mail.to === grace).map((mail) => mail.subject)
    expect(told).toEqual(
      expect.arrayContaining(['Your account was recovered', 'A one-time passcode was used']),
    )
  })

  test('is read as people type it: spaces, small letters, look-alikes', async () => {
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    const typed = passcode.toLowerCase().replace('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')
    const web = await recover(portal, grace, ` ${typed} `)
    expect((await web.get('/api/sign-in')).body.step.kind).toBe('set-password')
  })

  test('given up half way leaves the account as it was, and the passcode spent', async () => {
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    const web = await recover(portal, grace, passcode)
    await web.post('/api/recovery/password', { next: newPassword })
    await startApp(portal, web)
    advance(15 * minute + 1000)
    expect((await web.get('/api/sign-in')).body.code).toBe('attempt-over')
    const again = await signedIn(portal, grace)
    expect((await again.get('/api/account/security')).body.authenticators[0].name).toBe('Demo app')
    const { way } = await askPasscode(browser(portal), grace)
    expect(way).toBeUndefined()
  })

  test.each([
    ['one second before its end works', -1000, 'step'],
    ['one second after its end is gone', 1000, undefined],
  ])('%s', async (_name, edge, outcome) => {
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    // Its life is counted from the clock at the send, a few ms after zero.
    advance(60 * minute + edge - 500)
    const web = browser(portal)
    const { way, challenge } = await askPasscode(web, grace)
    expect(Boolean(way)).toBe(outcome !== undefined)
    if (!way) return
    const done = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: passcode })
    expect(done.body.outcome).toBe(outcome)
  })

  test('a challenge opened in time does not outlive the passcode', async () => {
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    advance(59 * minute)
    const web = browser(portal)
    const { challenge } = await askPasscode(web, grace)
    advance(60 * minute + 1000)
    const late = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: passcode })
    expect(late.body.code).toBe('challenge-over')
  })

  test('split in two: the mail alone is worth nothing', async () => {
    const admin = await signedIn(portal, ada)
    const settings = { passcodeMinutes: 30, phoneChangeHours: 72, twoPartPasscodes: true }
    expect((await admin.put('/api/recovery/settings', settings)).status).toBe(204)
    const sent = await admin.post(`/api/recovery/people/${await idOf(portal, grace)}/passcode`, { reason })
    const half = passcodeIn(await deliverMails(portal), grace)
    expect(half).toMatch(/^.{5}$/)
    const again = await admin.get(`/api/recovery/passcodes/${sent.body.id}`)
    expect(JSON.stringify(again.body)).not.toContain(sent.body.secondHalf)
    const web = browser(portal)
    const { challenge } = await askPasscode(web, grace)
    const verify = `/api/challenges/${challenge.body.id}/verify`
    expect((await web.post(verify, { code: half })).body.code).toBe('wrong-code')
    expect((await web.post(verify, { code: half + sent.body.secondHalf })).body.outcome).toBe('step')
  })

  test('two admins at once: one mail, and the second is told to wait', async () => {
    await portal.owner`update memberships set role = 'security_admin' where person_id = ${await idOf(portal, 'barbara@northwind.test')}`
    const admins = [await signedIn(portal, ada), await signedIn(portal, 'barbara@northwind.test')]
    const path = `/api/recovery/people/${await idOf(portal, grace)}/passcode`
    const answers = await Promise.all(admins.map((admin) => admin.post(path, { reason })))
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 429])
    const sent = (await deliverMails(portal)).filter((mail) => mail.subject === 'Your one-time passcode')
    expect(sent).toHaveLength(1)
  })

  test('sent again replaces the one before, also in a mail that never left', async () => {
    const admin = await signedIn(portal, ada)
    const path = `/api/recovery/people/${await idOf(portal, grace)}/passcode`
    await admin.post(path, { reason })
    advance(61_000)
    const second = await sendPasscode(portal, admin, grace)
    const [held] =
      await portal.owner`select count(*)::int as n from mails where template = 'passcode' and sent_at is not null`
    expect(held?.n).toBe(1)
    advance(122_000)
    await sendPasscode(portal, admin, grace)
    const web = browser(portal)
    const { challenge } = await askPasscode(web, grace)
    const old = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: second })
    expect(old.body.code).toBe('wrong-code')
  })

  test('somebody deactivated half way gets no further', async () => {
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    const web = await recover(portal, grace, passcode)
    await web.post('/api/recovery/password', { next: newPassword })
    const app = await startApp(portal, web)
    await portal.owner`update memberships set deactivated_at = now() where person_id = ${await idOf(portal, grace)}`
    const late = await web.post(`/api/challenges/${app.begun.body.id}/verify`, { code: app.code() })
    expect(late.body.code).toBe('challenge-over')
    expect((await web.get('/api/sign-in')).body.code).toBe('attempt-over')
  })
})
