import { tick } from '@countersign/core/jobs/tasks'
import { sendBatch } from '@countersign/core/mail/send-batch'
import { beforeEach, describe, expect, test } from 'vitest'
import { askDuo, atTheDoor, comeBack, duoPortal, signedInByDuo, visitDuo } from '../testing/duo-portal.ts'
import { deliverMails } from '../testing/mails.ts'
import { type Browser, browser } from '../testing/portal.ts'
import { answerApp, signedIn } from '../testing/signed-in.ts'

const portal = await duoPortal()
const { sandbox, keys } = portal
const ada = 'ada@northwind.test'
const grace = 'grace@northwind.test'

beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
  await sandbox.reset()
})

const setUp = async (web: Browser) => {
  const { tested } = (await web.post('/api/duo/test', keys)).body
  expect((await web.put('/api/duo', { ...keys, tested })).status).toBe(204)
}

/** Past the password with the app that the scenario gave, to where Duo comes next. */
const pastOwnFactor = async (email: string) => {
  const web = await atTheDoor(portal, email)
  expect((await answerApp(portal, email, web)).body).toMatchObject({
    outcome: 'step',
    signIn: { step: { kind: 'bind', factor: 'duo', label: 'Duo' } },
  })
  return web
}

const writeMails = async () => {
  for (const { id } of await portal.owner<
    { id: string }[]
  >`select id from mail_batches where finished_at is null`)
    await sendBatch(portal.deps, id)
}
const recipients = async (template: string) =>
  (
    await portal.owner<{ recipient: string }[]>`
    select recipient from mails where template = ${template} order by recipient`
  ).map((row) => row.recipient)

const northwind = ['ada', 'barbara', 'edsger', 'grace', 'linus', 'marie'].map(
  (name) => `${name}@northwind.test`,
)
const affected = [...northwind, 'carol@client.test'].sort()

describe('testing and saving keys', () => {
  test('saves what was tested, never shows the secret, and writes to everybody affected', async () => {
    const web = await signedIn(portal, ada)
    await setUp(web)
    const view = await web.get('/api/duo')
    expect(view.body.setUp).toMatchObject({
      integrationKey: keys.integrationKey,
      apiHost: keys.apiHost,
      bound: 0,
      due: 7,
    })
    expect(JSON.stringify(view.body)).not.toContain(keys.secretKey)
    const rows = await portal.owner`select * from duo_settings`
    expect(JSON.stringify(rows)).not.toContain(keys.secretKey)
    await writeMails()
    expect(await recipients('duo-set-up')).toEqual(affected)
  })

  test.each([
    [{ secretKey: 'x'.repeat(40) }, 'duo-wrong-keys'],
    [{ integrationKey: 'DIXXXXXXXXXXXXXXXXXX' }, 'duo-wrong-keys'],
    [{ apiHost: '127.0.0.1' }, 'duo-not-a-host'],
    [{ apiHost: '169.254.169.254' }, 'duo-not-a-host'],
    [{ apiHost: 'evil.com/.duosecurity.com' }, 'duo-not-a-host'],
  ])('A-51 %j is refused as %s, at the test and at saving', async (wrong, code) => {
    const web = await signedIn(portal, ada)
    const { tested } = (await web.post('/api/duo/test', keys)).body
    expect((await web.post('/api/duo/test', { ...keys, ...wrong })).body.code).toBe(code)
    const saved = await web.put('/api/duo', { ...keys, ...wrong, tested })
    expect(saved.body.code).toBe(code === 'duo-not-a-host' ? code : 'duo-untested')
    expect((await web.get('/api/duo')).body.setUp).toBeNull()
  })

  test('a test speaks for its keys, its admin and a quarter of an hour', async () => {
    const web = await signedIn(portal, ada)
    const { tested } = (await web.post('/api/duo/test', keys)).body
    for (const forged of ['', 'x', `${Date.now()}.x`, tested.replace(/^\d/, '9')])
      expect((await web.put('/api/duo', { ...keys, tested: forged })).body.code).toBe('duo-untested')
    portal.clock.moveTo(15 * 60_000 + 1000)
    const later = await signedIn(portal, ada)
    expect((await later.put('/api/duo', { ...keys, tested })).body.code).toBe('duo-untested')
  })

  test('an old check of a second factor is not enough', async () => {
    const web = await signedIn(portal, ada)
    portal.clock.moveTo(6 * 60_000)
    const { tested } = (await web.post('/api/duo/test', keys)).body
    expect((await web.put('/api/duo', { ...keys, tested })).body.code).toBe('step-up-required')
  })

  test('nobody but a Security Admin', async () => {
    const web = await signedIn(portal, 'barbara@northwind.test')
    const calls = [
      web.post('/api/duo/test', keys),
      web.put('/api/duo', { ...keys, tested: '' }),
      web.post('/api/duo/reset'),
      web.get('/api/duo/people'),
    ]
    for (const answer of await Promise.all(calls)) expect(answer.body.code).toBe('not-allowed')
  })

  test('two at once leave one connection; other keys later replace it and unbind nobody', async () => {
    const web = await signedIn(portal, ada)
    const { tested } = (await web.post('/api/duo/test', keys)).body
    const save = () => web.put('/api/duo', { ...keys, tested })
    const both = await Promise.all([save(), save()])
    expect(both.map((one) => one.status).sort()).toEqual(expect.arrayContaining([204]))
    expect(await portal.owner`select id from duo_settings`).toHaveLength(1)
    expect((await save()).status).toBe(204)
    const [event] = await portal.owner`select 1 from audit_events where event = 'duo.rotated'`
    expect(event).toBeTruthy()
  })

  test('the rehearsal names who is asked and who is exempt', async () => {
    const web = await signedIn(portal, ada)
    const { asked, exempt } = (await web.get('/api/duo/rehearsal')).body
    expect(asked.first.map((one: { email: string }) => one.email).sort()).toEqual(affected)
    expect(exempt).toMatchObject({ count: 1, first: [{ email: 'wes@both.test', why: 'several-companies' }] })
  })
})

describe('binding', () => {
  test('the own factor first, then Duo, which takes its place', async () => {
    await setUp(await signedIn(portal, ada))
    const web = await pastOwnFactor(grace)
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await comeBack(web, await visitDuo(portal, web))).body).toEqual({ outcome: 'signed-in' })
    const security = (await web.get('/api/account/security')).body
    expect(security.authenticators.map((one: { factor: string }) => one.factor)).toEqual(['duo'])
    await signedInByDuo(portal, grace)
  })

  test('A-06 neither the own factor alone nor Duo alone makes a session before', async () => {
    await setUp(await signedIn(portal, ada))
    const web = await atTheDoor(portal, grace)
    expect((await web.post('/api/challenges/enrolments', { factor: 'duo' })).body.code).toBe('wrong-step')
    expect((await web.post('/api/sign-in/remind-later')).body.code).toBe('wrong-step')
    const past = await pastOwnFactor(grace)
    for (const factor of ['phone', 'totp', 'recovery-codes'])
      expect((await past.post('/api/challenges/enrolments', { factor })).body.code).toBe('wrong-step')
    expect((await past.get('/api/session')).status).toBe(401)
  })

  test('somebody new to Duo is brought to its set-up pages', async () => {
    await setUp(await signedIn(portal, ada))
    await sandbox.ask('DELETE', `/duo/users/${encodeURIComponent(grace)}`)
    const web = await pastOwnFactor(grace)
    const asked = await askDuo(web)
    const page = await (await fetch(asked.body.prompt.url)).text()
    expect(page).toContain('Start setup')
  })

  test('whoever signs in while it is set up ends either with or without Duo, never with neither', async () => {
    const admin = await signedIn(portal, ada)
    const { tested } = (await admin.post('/api/duo/test', keys)).body
    const [, web] = await Promise.all([admin.put('/api/duo', { ...keys, tested }), atTheDoor(portal, grace)])
    const answer = await answerApp(portal, grace, web)
    expect(['signed-in', 'step']).toContain(answer.body.outcome)
    expect((await web.get('/api/session')).status).toBe(answer.body.outcome === 'step' ? 401 : 200)
  })

  test('without a factor of their own, where one is required, the mailbox comes first (A-30)', async () => {
    await portal.play('required')
    await setUp(await signedIn(portal, ada))
    await portal.owner`delete from authenticators where person_id = (select id from persons where email = ${grace})`
    const web = await atTheDoor(portal, grace)
    expect((await web.get('/api/sign-in')).body.step.kind).toBe('confirm-email')
    expect((await web.post('/api/challenges/enrolments', { factor: 'duo' })).body.code).toBe('wrong-step')
  })

  test('reminders on day 2 and day 10, once each, to those who are not bound', async () => {
    await setUp(await signedIn(portal, ada))
    const web = await pastOwnFactor(grace)
    await comeBack(web, await visitDuo(portal, web))
    for (const day of [1, 2, 2.5, 10, 10.2, 12]) {
      portal.clock.moveTo(day * 24 * 3600_000)
      await tick(portal.deps)
      await tick(portal.deps)
    }
    await writeMails()
    const reminded = await recipients('duo-reminder')
    const unbound = affected.filter((email) => email !== grace)
    expect(reminded).toEqual([...unbound, ...unbound].sort())
  })
})

describe('resetting', () => {
  beforeEach(async () => {
    await portal.play('duo')
    await sandbox.reset()
  })

  const passcodeOf = async (email: string) => {
    const mails = await deliverMails(portal)
    const lines = mails.filter((mail) => mail.to === email).flatMap((mail) => mail.text.split('\n'))
    return lines.findLast((line) => /^\d{8}$/.test(line)) ?? ''
  }

  test('tells whom it concerns, unbinds them, ends their sessions and writes to each', async () => {
    const admin = await signedInByDuo(portal, ada)
    const web = await signedInByDuo(portal, grace)
    expect((await admin.get('/api/duo/people')).body.count).toBe(7)
    const done = await admin.post('/api/duo/reset')
    expect(done.body).toMatchObject({
      people: 7,
      sessionsEnded: 1,
      by: 'Ada Moreau',
      mails: { total: 7, sent: 0 },
    })
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await admin.get('/api/session')).status).toBe(200)
    expect((await admin.get('/api/duo')).body).toMatchObject({ setUp: null, reset: { people: 7 } })
    await writeMails()
    expect(await recipients('duo-reset')).toEqual(affected)
    expect((await admin.post('/api/duo/reset')).body.code).toBe('duo-not-set-up')
  })

  test('A-35 the window after it: only the right password gets a passcode mailed, and only the mailbox reads it', async () => {
    await (await signedInByDuo(portal, ada)).post('/api/duo/reset')
    const stranger = browser(portal)
    await stranger.post('/api/sign-in', { email: grace, password: 'not her password at all' })
    expect((await stranger.post('/api/challenges/mailbox')).status).toBe(401)
    expect(await recipients('temporary-passcode')).toEqual([])

    const thief = await atTheDoor(portal, grace)
    const asked = await thief.post('/api/challenges/mailbox')
    expect(JSON.stringify(asked.body.prompt)).not.toMatch(/\d{8}/)
    expect((await thief.post('/api/challenges/mailbox')).body.id).toBe(asked.body.id)
    expect(await recipients('temporary-passcode')).toEqual([grace])
    for (const factor of ['totp', 'phone', 'duo'])
      expect((await thief.post('/api/challenges/enrolments', { factor })).status).toBeGreaterThanOrEqual(400)
    expect((await thief.post('/api/sign-in/remind-later')).body.code).toBe('wrong-step')
    const guesses = ['00000000', '12345678', '11111111', '22222222', '33333333', '44444444']
    const answers = []
    for (const code of guesses)
      answers.push(await thief.post(`/api/challenges/${asked.body.id}/verify`, { code }))
    expect(answers.at(-1)?.body.code).toBe('too-many-tries')
    expect((await thief.get('/api/session')).status).toBe(401)
  })

  test('the mailed passcode lets its owner in at aal 1, again and again until a factor is set up', async () => {
    await (await signedInByDuo(portal, ada)).post('/api/duo/reset')
    const web = await atTheDoor(portal, grace)
    const view = (await web.get('/api/sign-in')).body
    expect(view).toMatchObject({
      reason: { rule: 'factor-reset' },
      step: { kind: 'confirm-email', masked: 'g••••@northwind.test' },
    })
    const asked = await web.post('/api/challenges/mailbox')
    expect(asked.body.prompt).toMatchObject({ length: 8, sends: [{ channel: 'email', label: 'Email' }] })
    const again = await web.post(`/api/challenges/${asked.body.id}/resend`, { channel: 'email' })
    expect(again.body.code).toBe('cooling-down')
    const done = await web.post(`/api/challenges/${asked.body.id}/verify`, { code: await passcodeOf(grace) })
    expect(done.body).toEqual({ outcome: 'signed-in' })
    expect((await web.get('/api/session')).body).toMatchObject({ aal: 1 })
    expect((await web.get('/api/account/security')).body.secured).toBe(false)

    expect((await (await atTheDoor(portal, grace)).get('/api/sign-in')).body.step.kind).toBe('confirm-email')
    const enrolment = await web.post('/api/challenges/enrolments', { factor: 'totp' })
    expect(enrolment.body.prompt.kind).toBe('scan-qr')
  })

  test('ten minutes, and not for another sign-in', async () => {
    await (await signedInByDuo(portal, ada)).post('/api/duo/reset')
    const web = await atTheDoor(portal, grace)
    const asked = await web.post('/api/challenges/mailbox')
    const code = await passcodeOf(grace)
    portal.clock.moveTo(10 * 60_000 + 1000)
    expect(
      (await web.post(`/api/challenges/${asked.body.id}/verify`, { code })).status,
    ).toBeGreaterThanOrEqual(400)
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('where a factor is required, enrolling one is part of the sign-in, and the requirement stands', async () => {
    await portal.owner`update companies set required_at = ${portal.clock.now()} where name = 'Northwind IT'`
    await (await signedInByDuo(portal, ada)).post('/api/duo/reset')
    const [company] = await portal.owner`select required_at from companies where name = 'Northwind IT'`
    expect(company?.requiredAt).toBeTruthy()
    const web = await atTheDoor(portal, grace)
    const asked = await web.post('/api/challenges/mailbox')
    const done = await web.post(`/api/challenges/${asked.body.id}/verify`, { code: await passcodeOf(grace) })
    expect(done.body).toMatchObject({
      outcome: 'step',
      signIn: { step: { kind: 'enrol', requiredBy: 'Northwind IT', remindable: false } },
    })
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await web.post('/api/challenges/enrolments', { factor: 'totp' })).body.prompt.kind).toBe(
      'scan-qr',
    )
  })

  test('whoever is at Duo meanwhile comes back to a sign-in that has ended', async () => {
    const web = await atTheDoor(portal, grace)
    const query = await visitDuo(portal, web)
    await (await signedInByDuo(portal, ada)).post('/api/duo/reset')
    expect((await comeBack(web, query)).status).toBe(401)
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('of a reset and a return at the same moment no session by Duo remains', async () => {
    const admin = await signedInByDuo(portal, ada)
    const web = await atTheDoor(portal, grace)
    const query = await visitDuo(portal, web)
    await Promise.all([admin.post('/api/duo/reset'), comeBack(web, query)])
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('the same for somebody who was just being bound', async () => {
    await portal.owner`delete from authenticators where factor = 'duo' and person_id = (select id from persons where email = ${grace})`
    const admin = await signedInByDuo(portal, ada)
    const web = await atTheDoor(portal, grace)
    const query = await visitDuo(portal, web)
    await Promise.all([admin.post('/api/duo/reset'), comeBack(web, query)])
    expect((await web.get('/api/session')).status).toBe(401)
    const [{ count } = { count: -1 }] = await portal.owner`
      select count(*)::int as count from authenticators where factor = 'duo' and removed_at is null`
    expect(count).toBe(0)
  })

  test('killed in between, the mails go on where they stopped: none lost, none twice', async () => {
    await (await signedInByDuo(portal, ada)).post('/api/duo/reset')
    const [batch] = await portal.owner<
      { id: string }[]
    >`select id from mail_batches where template = 'duo-reset'`
    const seal = { ...portal.deps.seal }
    let left = 3
    seal.close = (plain, binding) => {
      if (left-- === 0) throw new Error('killed')
      return portal.deps.seal.close(plain, binding)
    }
    await expect(sendBatch({ ...portal.deps, seal }, batch?.id ?? '')).rejects.toThrow('killed')
    await sendBatch(portal.deps, batch?.id ?? '')
    await sendBatch(portal.deps, batch?.id ?? '')
    expect(await recipients('duo-reset')).toEqual(affected)
  })
})
