import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import {
  ada,
  appCode,
  began,
  beginEnrolment,
  brokenLinks,
  challenged,
  enrolled,
  eventsOf,
  grace,
  later,
  liveSessions,
  signIn,
  stepUp,
} from '../testing/steps.ts'

const portal = await testPortal()
beforeEach(() => portal.play('fresh'))

const minute = 60
const hour = 60 * minute
/** The clock of a test runs: a limit is asked a second before it and a second after. */
const justBefore = (seconds: number) => later(portal, seconds - 1)
const justAfter = () => later(portal, 2)
const sessionOf = async (web: Browser) => (await web.get('/api/session')).status

describe('A-25 sessions end when they should', () => {
  test('idle for 30 minutes', async () => {
    const { web } = await began(portal, grace)
    await web.post('/api/sign-in/remind-later')
    justBefore(30 * minute)
    // Another request would keep it from idling: this one only looks.
    const [row] = await portal.owner`
      select last_seen_at + idle_seconds * interval '1 second' > ${portal.clock.now()} as live from sessions`
    expect(row?.live).toBe(true)
    justAfter()
    expect(await sessionOf(web)).toBe(401)
  })

  test('a Security Admin idles for 15 minutes', async () => {
    const { web } = await began(portal, ada)
    await web.post('/api/sign-in/remind-later')
    justBefore(15 * minute)
    expect(await sessionOf(web)).toBe(200)
    later(portal, 15 * minute + 1)
    expect(await sessionOf(web)).toBe(401)
  })

  test('12 hours after it began, however busy', async () => {
    const { web } = await began(portal, grace)
    await web.post('/api/sign-in/remind-later')
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      later(portal, 20 * minute)
      expect(await sessionOf(web)).toBe(200)
      await portal.owner`update sessions set last_seen_at = ${portal.clock.now()}`
    }
    justBefore(20 * minute)
    expect(await sessionOf(web)).toBe(200)
    justAfter()
    expect(await sessionOf(web)).toBe(401)
  })

  test('a sign-in under way is over after 10 minutes', async () => {
    const { web } = await began(portal, grace)
    justBefore(10 * minute)
    expect((await web.get('/api/sign-in')).status).toBe(200)
    justAfter()
    expect((await web.get('/api/sign-in')).status).toBe(401)
    expect((await web.post('/api/sign-in/remind-later')).status).toBe(401)
    expect((await beginEnrolment(web, 'totp')).asked.status).toBe(401)
  })
})

describe('A-37 step-up', () => {
  test('is fresh for five minutes and not a second longer', async () => {
    const { web, key } = await enrolled(portal, grace)
    expect((await stepUp(portal, web, key)).body).toEqual({ outcome: 'stepped-up' })
    const name = async () => (await web.post('/api/challenges/enrolments', { factor: 'phone' })).status
    justBefore(5 * minute)
    expect(await name()).toBe(201)
    justAfter()
    expect(await name()).toBe(403)
  })

  test('a session that removes the factor it was proven by has the password to show, and no more', async () => {
    const { web, key } = await enrolled(portal, grace)
    const second = await beginEnrolment(web, 'totp')
    await web.post(second.verify, { code: appCode(portal, second.key) })
    const [session] = await portal.owner<{ rests: string }[]>`
      select authenticator_id as rests from sessions where ended_at is null`
    expect((await web.delete(`/api/account/authenticators/${session?.rests}`)).status).toBe(204)
    expect((await web.get('/api/session')).body).toMatchObject({ aal: 1, amr: ['pwd'], factorAt: null })
    const refused = await web.post('/api/challenges/enrolments', { factor: 'phone' })
    expect(refused.body.code).toBe('step-up-required')
    expect((await stepUp(portal, web, key)).body).toEqual({ outcome: 'stepped-up' })
  })

  test('everything sensitive asks for it', async () => {
    const { web } = await enrolled(portal, grace)
    later(portal, 20 * minute)
    const [app] = (await web.get('/api/account/security')).body.authenticators
    const answers = [
      await web.post('/api/challenges/enrolments', { factor: 'phone' }),
      await web.post('/api/challenges/enrolments', { factor: 'recovery-codes' }),
      await web.delete(`/api/account/authenticators/${app.id}`),
      await web.post('/api/account/email', { email: 'new@northwind.test' }),
      await web.post('/api/account/password', {
        current: grace.password,
        next: 'correct horse battery staple',
      }),
    ]
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 403, body: { code: 'step-up-required' } })
  })

  test('rotates the token: the old cookie is worth nothing (ASVS 7.2.4)', async () => {
    const { web, key } = await enrolled(portal, grace)
    const old = web.jar.get('__Host-sid') ?? ''
    await stepUp(portal, web, key)
    expect(web.jar.get('__Host-sid')).not.toBe(old)
    const thief = browser(portal)
    thief.jar.set('__Host-sid', old)
    expect(await sessionOf(thief)).toBe(401)
    expect(await sessionOf(web)).toBe(200)
  })
})

test('ten sessions a person: the eleventh ends the oldest', async () => {
  const { web: oldest, key } = await enrolled(portal, grace)
  const browsers: Browser[] = []
  for (let i = 0; i < 10; i++) {
    later(portal, 30)
    browsers.push((await signIn(portal, grace, key)).web)
  }
  expect(await liveSessions(portal, grace)).toBe(10)
  expect(await sessionOf(oldest)).toBe(401)
  const told = await portal.owner`select recipient from mails where template = 'session-ended'`
  expect(told).toEqual([{ recipient: grace.email }])
  expect((await eventsOf(portal, grace)).filter((one) => one.event === 'session.revoked')).toMatchObject([
    { detail: { count: 1, reason: 'too-many' } },
  ])
  for (const web of browsers) expect(await sessionOf(web)).toBe(200)
})

test('on the password alone, too, the eleventh session ends the oldest, and its owner hears of it', async () => {
  for (let i = 0; i < 11; i++) {
    later(portal, 30)
    const { web } = await began(portal, grace)
    // Once put off, she is not asked again for 48 hours.
    if (i === 0) await web.post('/api/sign-in/remind-later')
    expect(await sessionOf(web)).toBe(200)
  }
  expect(await liveSessions(portal, grace)).toBe(10)
  const told = await portal.owner`select recipient from mails where template = 'session-ended'`
  expect(told).toEqual([{ recipient: grace.email }])
})

describe('A-25 codes and links', () => {
  test('a texted code: ten minutes', async () => {
    const { web } = await began(portal, grace)
    const { verify } = await beginEnrolment(web, 'phone')
    await web.post(verify, { phone: grace.phone })
    const code = portal.phones.codeFor(grace.phone)
    justBefore(10 * minute)
    const late = browser(portal)
    for (const [name, value] of web.jar) late.jar.set(name, value)
    expect((await web.post(verify, { code: code === '000000' ? '000001' : '000000' })).body.code).toBe(
      'wrong-code',
    )
    justAfter()
    expect((await late.post(verify, { code })).status).toBeGreaterThanOrEqual(400)
    expect(await liveSessions(portal, grace)).toBe(0)
  })

  test('a reset link: 30 minutes, once, the newest only', async () => {
    const link = async () => {
      await browser(portal).post('/api/links/forgotten-password', { email: grace.email })
      const mails = await portal.queue.work()
      return /#([\w-]{43})/.exec(mails.at(-1)?.text ?? '')?.[1] ?? ''
    }
    const use = (token: string) =>
      browser(portal).post('/api/links/reset-password', { token, next: 'correct horse battery staple' })
    const first = await link()
    later(portal, 61)
    const second = await link()
    expect(second).not.toBe(first)
    expect((await use(first)).status).toBe(410)
    justBefore(30 * minute)
    expect((await use(second)).status).toBe(204)
    expect((await use(second)).status).toBe(410)
    later(portal, 61)
    const third = await link()
    later(portal, 30 * minute + 1)
    expect((await use(third)).status).toBe(410)
  })

  test('a weak new password leaves the link good', async () => {
    await browser(portal).post('/api/links/forgotten-password', { email: grace.email })
    const token = /#([\w-]{43})/.exec((await portal.queue.work())[0]?.text ?? '')?.[1]
    const use = (next: string) => browser(portal).post('/api/links/reset-password', { token, next })
    expect((await use('short')).body.code).toBe('password-too-short')
    expect((await use('passwordpassword')).body.code).toMatch(/^password-/)
    expect((await use('correct horse battery staple')).status).toBe(204)
  })

  test('"Remind me in 48 hours": not a second early, and no later', async () => {
    const { web } = await began(portal, grace)
    await web.post('/api/sign-in/remind-later')
    justBefore(48 * hour)
    expect((await began(portal, grace)).answer.body).toEqual({ done: true })
    justAfter()
    expect((await began(portal, grace)).step).toMatchObject({ kind: 'enrol', remindable: true })
  })
})

describe('A-55 mails somebody asks for', () => {
  test('100 requests for one person: one a minute, five an hour, always the same answer', async () => {
    for (let i = 0; i < 100; i++) {
      const answer = await browser(portal, `203.0.${i}.1`).post('/api/links/forgotten-password', {
        email: grace.email,
      })
      expect(answer.status).toBe(202)
      later(portal, 20)
    }
    const mails = (await portal.queue.work()).filter((mail) => mail.to === grace.email)
    expect(mails.length).toBeLessThanOrEqual(5)
    expect(mails.length).toBeGreaterThan(0)
  })

  test('one address asking for many is stopped, whoever they are', async () => {
    const statuses = []
    for (let i = 0; i < 12; i++)
      statuses.push(
        (await browser(portal).post('/api/links/forgotten-password', { email: `n${i}@x.test` })).status,
      )
    expect(statuses).toEqual([...Array(10).fill(202), 429, 429])
  })

  test('a new address is not mailed more than once a minute', async () => {
    const { web, key } = await enrolled(portal, grace)
    await stepUp(portal, web, key)
    expect((await web.post('/api/account/email', { email: 'victim@x.test' })).status).toBe(202)
    expect((await web.post('/api/account/email', { email: 'victim@x.test' })).status).toBe(429)
  })
})

describe('A-54 texts and lookups cost money', () => {
  test('30 parallel resends send one text', async () => {
    const { web } = await began(portal, grace)
    const { asked, verify } = await beginEnrolment(web, 'phone')
    await web.post(verify, { phone: grace.phone })
    later(portal, 31)
    const before = portal.phones.sent.length
    const resends = await Promise.all(
      Array.from({ length: 30 }, () =>
        web.post(`/api/challenges/${asked.body.id}/resend`, { channel: 'sms' }),
      ),
    )
    expect(resends.filter((answer) => answer.status === 200)).toHaveLength(1)
    for (const answer of resends.filter((one) => one.status !== 200))
      expect(answer).toMatchObject({ status: 429, body: { code: 'cooling-down' } })
    expect(portal.phones.sent.length - before).toBe(1)
  })

  test('cool-downs of 30, 60, 120 and 300 seconds, each to the second; the same code again', async () => {
    const { web } = await began(portal, grace)
    const { asked, verify } = await beginEnrolment(web, 'phone')
    await web.post(verify, { phone: grace.phone })
    const code = portal.phones.codeFor(grace.phone)
    const resend = () => web.post(`/api/challenges/${asked.body.id}/resend`, { channel: 'sms' })
    for (const wait of [30, 60, 120]) {
      later(portal, wait - 2)
      expect((await resend()).body.code).toBe('cooling-down')
      later(portal, 2)
      const again = await resend()
      expect(again.status).toBe(200)
      expect(again.body.prompt.sameCode).toBe(true)
      expect(portal.phones.codeFor(grace.phone)).toBe(code)
    }
  })

  test('numbers one after the other: looked up 20 times an hour at most', async () => {
    const { web } = await began(portal, grace)
    const { verify } = await beginEnrolment(web, 'phone')
    const codes = []
    for (let i = 0; i < 25; i++)
      codes.push((await web.post(verify, { phone: `+141555501${50 + (i % 20)}` })).body.code ?? 'next')
    expect(codes.slice(0, 20)).toEqual(Array(20).fill('next'))
    expect(codes.slice(20)).toEqual(Array(5).fill('too-many-requests'))
  })

  test('ten texts a day to one number, whoever asks', async () => {
    const people = ['grace', 'linus', 'barbara', 'edsger', 'marie'].map((name) => `${name}@northwind.test`)
    for (const [i, email] of people.entries()) {
      const { web } = await began(portal, { ...grace, email }, `203.0.113.${i}`)
      const { asked, verify } = await beginEnrolment(web, 'phone')
      await web.call(
        'POST',
        verify,
        { phone: '+14155550199'.replace('99', '44') },
        { 'x-forwarded-for': `203.0.113.${i}` },
      )
      for (const wait of [31, 61, 121]) {
        later(portal, wait)
        await web.post(
          `/api/challenges/${asked.body.id}/resend`,
          { channel: 'sms' },
          { 'x-forwarded-for': `203.0.113.${i}` },
        )
      }
    }
    expect(portal.phones.sent.filter((one) => one.to === '+14155550144')).toHaveLength(10)
  })
})

describe('links of the account', () => {
  const mailed = async (to: string) => {
    const mails = await portal.queue.work()
    return /#([\w-]{43})/.exec(mails.filter((mail) => mail.to === to).at(-1)?.text ?? '')?.[1] ?? ''
  }

  test('"this wasn’t me" signs out everywhere and voids a new address that was asked for', async () => {
    const { web, key } = await enrolled(portal, grace)
    const notMe = await mailed(grace.email)
    await stepUp(portal, web, key)
    await web.post('/api/account/email', { email: 'thief@evil.test' })
    const confirm = await mailed('thief@evil.test')
    expect((await browser(portal).post('/api/links/not-me', { token: notMe })).status).toBe(204)
    expect(await sessionOf(web)).toBe(401)
    expect((await browser(portal).post('/api/links/confirm-email', { token: confirm })).status).toBe(410)
  })

  test('A-55 a name is one line and an address one address: neither writes what we mail', async () => {
    const { web } = await enrolled(portal, grace)
    const refused = { status: 422, body: { code: 'invalid-input' } }
    const app = await web.post('/api/challenges/enrolments', { factor: 'totp' })
    const verify = `/api/challenges/${app.body.id}/verify`
    for (const name of ['Grace\n\nOpen https://evil.test', 'Grace\u2028Open', '\u202eecarG', 'a\u0007b']) {
      expect(await web.patch('/api/account/profile', { name })).toMatchObject(refused)
      expect(await web.post(verify, { code: '000000', name })).toMatchObject(refused)
    }
    for (const email of ['a@x.test,b@x.test', '"Ada"<a@x.test>', 'a\u200b@x.test', 'a@x.test\nBcc: b@x.test'])
      expect(await web.post('/api/account/email', { email })).toMatchObject(refused)
  })

  test('a new address: both are told, and a reset link of the old one is void', async () => {
    const { web, key } = await enrolled(portal, grace)
    await browser(portal).post('/api/links/forgotten-password', { email: grace.email })
    const reset = await mailed(grace.email)
    await stepUp(portal, web, key)
    await web.post('/api/account/email', { email: 'grace@new.test' })
    const confirm = await mailed('grace@new.test')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => browser(portal).post('/api/links/confirm-email', { token: confirm })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 410, 410, 410, 410])
    await portal.queue.work()
    const told = portal.queue.mails.filter((mail) => mail.subject === 'Your e-mail address was changed')
    expect(told.map((mail) => mail.to).sort()).toEqual(['grace@new.test', grace.email])
    const use = { token: reset, next: 'correct horse battery staple' }
    expect((await browser(portal).post('/api/links/reset-password', use)).status).toBe(410)
  })

  test('two people confirming one address at once: one gets it, nobody gets a fault', async () => {
    const tokens: string[] = []
    for (const person of [grace, ada]) {
      const { web, key } = await enrolled(portal, person)
      await stepUp(portal, web, key)
      await web.post('/api/account/email', { email: 'shared@new.test' })
      tokens.push(await mailed('shared@new.test'))
    }
    const answers = await Promise.all(
      tokens.map((token) => browser(portal).post('/api/links/confirm-email', { token })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 409])
  })
})

test('invariant 18: each change has its row, and the chain verifies', async () => {
  const { web, key } = await enrolled(portal, grace)
  await stepUp(portal, web, key)
  await web.patch('/api/account/profile', { name: 'Grace L.' })
  const [app] = (await web.get('/api/account/security')).body.authenticators
  await web.patch(`/api/account/authenticators/${app.id}`, { name: 'Old phone' })
  await web.post('/api/account/email', { email: 'grace@new.test' })
  await web.post('/api/account/password', { current: grace.password, next: 'correct horse battery staple' })
  await web.delete('/api/session/others')
  await web.delete(`/api/account/authenticators/${app.id}`)
  await web.delete('/api/session')
  expect((await eventsOf(portal, grace)).map((one) => one.event)).toEqual([
    'sign-in.password',
    'authenticator.added',
    'recovery-codes.made',
    'sign-in.finished',
    'step-up',
    'profile.changed',
    'authenticator.renamed',
    'profile.changed',
    'password.changed',
    'session.revoked',
    'authenticator.removed',
    'sign-out',
  ])
  expect(await brokenLinks(portal)).toEqual([])
  await expect(portal.deps.sql`update audit_events set event = 'nothing'`).rejects.toMatchObject({
    code: '42501',
  })
  await expect(portal.deps.sql`delete from audit_events`).rejects.toMatchObject({ code: '42501' })
})

describe('A-26 no secret anywhere', () => {
  test('in no answer, audit row, mail on file, job or log: keys, codes, tokens, passwords', async () => {
    const seen: string[] = []
    const log = (facts: Record<string, unknown>, message: string) =>
      void seen.push(JSON.stringify([facts, message]))
    portal.deps.log.info = log
    portal.deps.log.warn = log
    portal.deps.log.error = log
    const { web, key, codes } = await enrolled(portal, grace)
    await stepUp(portal, web, key)
    const phone = await beginEnrolment(web, 'phone')
    await web.post(phone.verify, { phone: '+14155550112' })
    const texted = portal.phones.codeFor('+14155550112')
    await web.post(phone.verify, { code: '000000' })
    await web.post(phone.verify, { code: texted })
    await browser(portal).post('/api/links/forgotten-password', { email: grace.email })
    const { web: second, verify } = await challenged(portal, grace)
    await second.post(verify, { code: appCode(portal, key, 2) })
    later(portal, 60)
    const answers = []
    for (const path of [
      '/api/session',
      '/api/account/security',
      '/api/account/activity',
      '/api/account/profile',
      '/api/session/all',
    ])
      answers.push(JSON.stringify((await web.get(path)).body))
    const tables = [
      'audit_events',
      'mails',
      'authenticators',
      'challenges',
      'links',
      'sessions',
      'sign_in_attempts',
      'sends',
      'throttles',
    ]
    const stored = await Promise.all(
      tables.map(async (table) =>
        JSON.stringify(await portal.owner`select t::text from ${portal.owner(table)} t`),
      ),
    )
    const jobs = await portal.owner.begin(async (tx) => {
      await tx`set local role countersign_worker`
      return JSON.stringify(await tx`select payload::text from graphile_worker._private_jobs`)
    })
    await portal.queue.work()
    const token =
      /reset-password#([\w-]{43})/.exec(portal.queue.mails.map((mail) => mail.text).join('\n'))?.[1] ?? ''
    const secrets = [
      key,
      ...codes,
      ...codes.map((code) => code.replaceAll('-', '')),
      texted,
      token,
      grace.password,
      ...web.jar.values(),
    ]
    expect(secrets.every((secret) => secret.length >= 6)).toBe(true)
    const everything = [
      ...seen,
      ...answers,
      ...stored,
      jobs,
      ...portal.queue.mails.map((mail) => mail.subject),
    ].join('\n')
    for (const secret of secrets) expect(everything).not.toContain(secret)
    expect(everything).not.toContain('4155550112')
  })
})
