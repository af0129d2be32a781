import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { deliverMails } from '../testing/mails.ts'
import { browser, testPortal } from '../testing/portal.ts'
import { askPasscode, idOf, newPassword, recover, sendPasscode, startApp } from '../testing/recovering.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(() => portal.clock.moveTo(0))

const ada = 'ada@northwind.test'
const grace = 'grace@northwind.test'
const minute = 60_000

describe('recovery at its edges', () => {
  test('somebody who never enrolled signs in with password and passcode too', async () => {
    await portal.play('all-mobile')
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    const begun = await browser(portal).post('/api/sign-in', { email: grace, password: demoPassword })
    expect(begun.body.signIn).toMatchObject({
      reason: { rule: 'factor-reset' },
      step: { kind: 'prove', ways: [{ factor: 'passcode' }] },
    })
    const web = await recover(portal, grace, passcode)
    await web.post('/api/recovery/password', { next: newPassword })
    const app = await startApp(portal, web)
    const proven = await web.post(`/api/challenges/${app.begun.body.id}/verify`, { code: app.code() })
    expect(proven.body.outcome).toBe('enrolled')
  })

  test('A-06 a passcode makes no session for somebody who never enrolled either', async () => {
    await portal.play('all-mobile')
    const web = await recover(portal, grace, await sendPasscode(portal, await signedIn(portal, ada), grace))
    expect((await web.post('/api/sign-in/remind-later')).body.code).toBe('wrong-step')
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('A-20 a factor locked for good: person and Security Admins hear, and a passcode leads out', async () => {
    await portal.play('enrolled')
    await portal.owner`
      update authenticators set consecutive_failures = 49 where person_id = ${await idOf(portal, grace)}`
    const web = browser(portal)
    const begun = await web.post('/api/sign-in', { email: grace, password: demoPassword })
    const [way] = begun.body.signIn.step.ways
    const challenge = await web.post('/api/challenges', { authenticatorId: way.authenticatorId })
    const last = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: '000000' })
    expect(last.body.code).toBe('authenticator-locked')
    const subjects = (await deliverMails(portal)).map((mail) => `${mail.to}: ${mail.subject}`)
    expect(subjects).toContain(`${ada}: Grace Lindqvist is locked out`)
    expect(subjects).toContain(`${grace}: A factor of your account is locked`)

    const locked = await web.post('/api/sign-in', { email: grace, password: demoPassword })
    expect(locked.body.signIn).toMatchObject({ reason: { rule: 'factor-locked' }, step: { ways: [] } })
    expect((await web.get('/api/recovery/options')).body).toMatchObject({
      admins: ['Ada Moreau'],
      phoneChange: { hours: 72, waiting: null },
    })
    const passcode = await sendPasscode(portal, await signedIn(portal, ada), grace)
    await recover(portal, grace, passcode)
  })

  test.each([
    ['a second before its fifteen minutes are over it goes on', -1000, 'enrolled'],
    ['a second after that it is over', 1000, undefined],
  ])('of a recovery, %s', async (_name, edge, outcome) => {
    await portal.play('enrolled')
    const web = await recover(portal, grace, await sendPasscode(portal, await signedIn(portal, ada), grace))
    const view = await web.post('/api/recovery/password', { next: newPassword })
    portal.clock.moveTo(5 * minute + 1000)
    const app = await startApp(portal, web)
    portal.clock.moveTo(Date.parse(view.body.expiresAt) - Date.now() + edge)
    const done = await web.post(`/api/challenges/${app.begun.body.id}/verify`, { code: app.code() })
    expect(done.body.outcome).toBe(outcome)
  })

  test('A-37 recovery codes are shown again to nobody, and renewed after a fresh check only', async () => {
    await portal.play('enrolled')
    const web = await signedIn(portal, grace)
    const begun = await web.post('/api/challenges/enrolments', { factor: 'recovery-codes' })
    await web.post(`/api/challenges/${begun.body.id}/verify`, { saved: true })
    const [code] = begun.body.prompt.codes
    expect((await web.get(`/api/challenges/${begun.body.id}`)).status).toBe(410)
    const lost = browser(portal)
    const asked = await lost.post('/api/sign-in', { email: grace, password: demoPassword })
    const way = asked.body.signIn.step.ways.find((one: { factor: string }) => one.factor === 'recovery-codes')
    const challenge = await lost.post('/api/challenges', { authenticatorId: way.authenticatorId })
    const used = await lost.post(`/api/challenges/${challenge.body.id}/verify`, { code })
    expect(used.body.outcome).toBe('signed-in')
    const told = (await deliverMails(portal)).map((mail) => mail.subject)
    expect(told).toContain('A recovery code was used')
    const { way: none } = await askPasscode(browser(portal), grace)
    expect(none).toBeUndefined()
  })
})
