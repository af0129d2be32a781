import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { deliverMails } from '../testing/mails.ts'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { askPasscode, idOf, newPassword, recover, sendPasscode, startApp } from '../testing/recovering.ts'
import { letIn, signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
})

const ada = 'ada@northwind.test'
const grace = 'grace@northwind.test'
const reason = 'Lost the phone on a train'
const minute = 60_000
const hour = 60 * minute

const passcodePath = async (email: string) => `/api/recovery/people/${await idOf(portal, email)}/passcode`
const passcodesOf = async (email: string) => {
  const [row] = await portal.owner<{ n: number }[]>`
    select count(*)::int as n from authenticators where factor = 'passcode' and person_id = ${await idOf(portal, email)}`
  return row?.n
}
const mailsTo = async (email: string) => (await deliverMails(portal)).filter((mail) => mail.to === email)

/** The mailbox in other hands: a new password by mail. */
const resetByMail = async (web: Browser, email: string) => {
  await web.post('/api/links/forgotten-password', { email })
  const mail = (await mailsTo(email)).findLast((one) => one.text.includes('/reset-password#'))
  const token = /reset-password#(\S+)/.exec(mail?.text ?? '')?.[1]
  expect((await web.post('/api/links/reset-password', { token, next: newPassword })).status).toBe(204)
}

describe('reset and recovery withstand', () => {
  test('A-27 a password reset by mail makes no session and leaves the factor due', async () => {
    const before = await signedIn(portal, grace)
    const web = browser(portal)
    await resetByMail(web, grace)
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await before.get('/api/session')).status).toBe(401)
    const begun = await web.post('/api/sign-in', { email: grace, password: newPassword })
    expect(begun.body.signIn.step).toMatchObject({ kind: 'prove', ways: [{ factor: 'totp' }] })
  })

  test('A-29 a forged Host never gets into a mailed link', async () => {
    const admin = await signedIn(portal, ada)
    const forged = { host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' }
    expect((await admin.post(await passcodePath(grace), { reason }, forged)).status).toBe(201)
    await browser(portal).post('/api/links/forgotten-password', { email: grace }, forged)
    const mails = await mailsTo(grace)
    expect(mails).toHaveLength(2)
    for (const mail of mails) {
      expect(mail.text).toContain('https://portal.test/')
      expect(mail.text + mail.html).not.toContain('evil.test')
    }
  })

  test('A-31 a passcode sent before the password was reset through the mailbox does not count', async () => {
    const admin = await signedIn(portal, ada)
    await admin.put('/api/recovery/settings', {
      passcodeMinutes: 1440,
      phoneChangeHours: 72,
      twoPartPasscodes: false,
    })
    await sendPasscode(portal, admin, grace)
    portal.clock.moveTo(1000)
    const web = browser(portal)
    await resetByMail(web, grace)
    const refused = await askPasscode(web, grace, newPassword)
    expect(refused.challenge.body.code).toBe('passcode-held')
    portal.clock.moveTo(2 * minute)
    const passcode = await sendPasscode(portal, admin, grace)
    const { challenge } = await askPasscode(web, grace, newPassword)
    const done = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: passcode })
    expect(done.body.outcome).toBe('step')
  })

  test('A-31 a challenge opened before the reset is void after it', async () => {
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    const thief = browser(portal)
    const { challenge } = await askPasscode(thief, grace)
    portal.clock.moveTo(1000)
    await resetByMail(browser(portal), grace)
    const late = await thief.post(`/api/challenges/${challenge.body.id}/verify`, { code: passcode })
    expect(late.body.code).toBe('challenge-over')
  })

  test('A-32 a client account is never sent one, whoever asks and however', async () => {
    const admin = await signedIn(portal, ada)
    const carol = 'carol@client.test'
    expect((await admin.get(`/api/recovery/people/${await idOf(portal, carol)}`)).body.bar).toBe(
      'client-account',
    )
    const refused = await admin.post(await passcodePath(carol), { reason })
    expect(refused).toMatchObject({ status: 403, body: { code: 'client-account' } })
    const asClient = await signedIn(portal, carol)
    expect((await asClient.post(await passcodePath(carol), { reason })).status).toBe(403)
    expect(await mailsTo(carol)).toEqual([])
    expect(await passcodesOf(carol)).toBe(0)
  })

  test('A-32 a passcode dies with the turn of an account into a client account', async () => {
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    const web = browser(portal)
    const { challenge } = await askPasscode(web, grace)
    await portal.owner`update memberships set account_type = 'client' where person_id = ${await idOf(portal, grace)}`
    const late = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: passcode })
    expect(late.body.code).toBe('code-used')
    expect((await askPasscode(browser(portal), grace)).way).toBeUndefined()
  })

  test('A-33 a recovery can do nothing but recover', async () => {
    const web = await recover(portal, grace, await sendPasscode(portal, await signedIn(portal, ada), grace))
    const id = await idOf(portal, grace)
    for (const path of [
      '/api/session',
      '/api/account/security',
      '/api/account/profile',
      '/api/recovery/settings',
    ])
      expect((await web.get(path)).status).toBe(401)
    for (const path of [
      `/api/recovery/people/${id}/passcode`,
      '/api/account/email',
      '/api/sign-in/remind-later',
    ])
      expect([401, 409, 422]).toContain((await web.post(path, {})).status)
    expect((await web.post('/api/recovery/phone-change')).body.code).toBe('wrong-step')
    const [held] = await portal.owner<{ id: string }[]>`
      select id from authenticators where person_id = ${id} and factor = 'totp'`
    expect((await web.post('/api/challenges', { authenticatorId: held?.id })).body.code).toBe('wrong-step')
    for (const factor of ['passcode', 'recovery-codes', 'phone'])
      expect((await web.post('/api/challenges/enrolments', { factor })).status).toBeGreaterThanOrEqual(400)
  })

  test('A-33 saving codes cannot be put before the new factor', async () => {
    const web = await recover(portal, grace, await sendPasscode(portal, await signedIn(portal, ada), grace))
    await web.post('/api/recovery/password', { next: newPassword })
    expect((await web.post('/api/challenges/enrolments', { factor: 'recovery-codes' })).body.code).toBe(
      'wrong-step',
    )
    expect((await web.post('/api/recovery/password', { next: `${newPassword}s` })).body.code).toBe(
      'wrong-step',
    )
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('A-15 fifty uses of one passcode: one wins', async () => {
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    const webs = Array.from({ length: 5 }, () => browser(portal))
    const asked: { web: Browser; challenge: { body: { id: string } } }[] = []
    for (const web of webs) asked.push({ web, challenge: (await askPasscode(web, grace)).challenge })
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => asked[at % 5]).map((one) =>
        one?.web.post(`/api/challenges/${one.challenge.body.id}/verify`, { code: passcode }),
      ),
    )
    expect(answers.filter((answer) => answer?.body.outcome === 'step')).toHaveLength(1)
  })

  test('A-21 five wrong guesses kill a passcode, over all sign-ins', async () => {
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    for (let guess = 0; guess < 5; guess++) {
      const web = browser(portal)
      const { challenge } = await askPasscode(web, grace)
      await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: 'AAAAA-AAAAA' })
    }
    expect((await askPasscode(browser(portal), grace)).way).toBeUndefined()
    expect(passcode).not.toBe('')
  })

  test('A-37 a session that is not fresh sends nothing and changes no setting', async () => {
    const admin = await signedIn(portal, ada)
    portal.clock.moveTo(6 * minute)
    const settings = { passcodeMinutes: 1440, phoneChangeHours: 0, twoPartPasscodes: false }
    expect((await admin.post(await passcodePath(grace), { reason })).body.code).toBe('step-up-required')
    expect((await admin.put('/api/recovery/settings', settings)).body.code).toBe('step-up-required')
    const web = await signedIn(portal, grace)
    portal.clock.moveTo(12 * minute)
    expect((await web.post('/api/recovery/phone-change')).body.code).toBe('step-up-required')
    expect((await web.post('/api/challenges/enrolments', { factor: 'recovery-codes' })).body.code).toBe(
      'step-up-required',
    )
    expect(await passcodesOf(grace)).toBe(0)
  })

  test('A-37 an admin without a factor of their own sends nothing', async () => {
    await portal.play('fresh')
    const admin = await letIn(portal, ada)
    expect((await admin.post(await passcodePath(grace), { reason })).body.code).toBe('needs-own-factor')
  })

  test('A-38 a new factor that was begun and not proven does nothing', async () => {
    const web = await recover(portal, grace, await sendPasscode(portal, await signedIn(portal, ada), grace))
    await web.post('/api/recovery/password', { next: newPassword })
    await startApp(portal, web)
    const begun = await browser(portal).post('/api/sign-in', { email: grace, password: demoPassword })
    expect(begun.body.signIn.step.ways.map((way: { name: string }) => way.name)).toEqual(['Demo app'])
  })

  test('A-55 passcodes by one admin and for one person are capped', async () => {
    const admin = await signedIn(portal, ada)
    const statuses: number[] = []
    for (let at = 0; at < 12; at++) {
      portal.clock.moveTo(at * 10_000)
      statuses.push((await admin.post(await passcodePath(grace), { reason })).status)
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(2)
    const sent = async (at: number) => {
      portal.clock.moveTo(at)
      const fresh = await signedIn(portal, ada)
      return (await fresh.post(await passcodePath(grace), { reason })).body
    }
    for (let at = 2; at < 5; at++) expect((await sent(at * 2 * minute)).status).toBe('sending')
    expect((await sent(12 * minute)).code).toBe('too-many-requests')
    expect((await sent(hour + minute)).status).toBe('sending')
    expect(await passcodesOf(grace)).toBe(6)
  })

  test('A-58 a Security Admin of another company reaches nobody by id', async () => {
    const sam = await signedIn(portal, 'sam@contoso.test')
    const id = await idOf(portal, grace)
    const own = await signedIn(portal, ada)
    const sent = await own.post(await passcodePath(grace), { reason })
    for (const path of [`/api/recovery/people/${id}`, `/api/recovery/passcodes/${sent.body.id}`])
      expect((await sam.get(path)).status).toBe(404)
    for (const path of [`/api/recovery/people/${id}/passcode`, `/api/recovery/people/${id}/caller-check`])
      expect((await sam.post(path, { reason })).status).toBeGreaterThanOrEqual(404)
    expect(await passcodesOf(grace)).toBe(1)
  })

  test('A-60 an admin or employee cannot send one, and nobody to themselves', async () => {
    for (const email of ['barbara@northwind.test', grace]) {
      const web = await signedIn(portal, email)
      expect((await web.post(await passcodePath('linus@northwind.test'), { reason })).body.code).toBe(
        'not-allowed',
      )
    }
    const admin = await signedIn(portal, ada)
    expect((await admin.post(await passcodePath(ada), { reason })).body.code).toBe('not-yourself')
  })

  test('A-26 the passcode is in the mail and nowhere else', async () => {
    const admin = await signedIn(portal, ada)
    const passcode = await sendPasscode(portal, admin, grace)
    const kept = await portal.owner`
      select (select json_agg(a) from authenticators a) as a, (select json_agg(e) from audit_events e) as e,
        (select json_agg(m) from mails m) as m, (select json_agg(c) from challenges c) as c`
    const text = JSON.stringify(kept).toUpperCase()
    expect(text).not.toContain(passcode)
    expect(text).not.toContain(passcode.replace('-', ''))
  })
})
