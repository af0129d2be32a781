import { beforeEach, describe, expect, test } from 'vitest'
import { browser, testPortal } from '../testing/portal.ts'
import {
  ada,
  appCode,
  began,
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

const wrongFor = (code: string) => (code === '000000' ? '111111' : '000000')
const guards = async () => {
  const [row] = await portal.owner`
    select window_count, day_count from guards g join persons p on p.id = g.person_id where p.email = ${grace.email}`
  return row
}
const failures = async (): Promise<{ consecutiveFailures: number; lockedAt: Date | null } | undefined> => {
  const [row] = await portal.owner<{ consecutiveFailures: number; lockedAt: Date | null }[]>`
    select consecutive_failures, locked_at from authenticators a join persons p on p.id = a.person_id
    where p.email = ${grace.email} and a.factor = 'totp' and a.added_at is not null`
  return row
}

describe('A-13 replay, one after the other', () => {
  test('a code that let one browser in lets no second one in, nor steps a session up', async () => {
    const { key } = await enrolled(portal, grace)
    const code = appCode(portal, key)
    const first = await challenged(portal, grace)
    const second = await challenged(portal, grace)
    expect((await first.web.post(first.verify, { code })).body).toEqual({ outcome: 'signed-in' })
    expect(await second.web.post(second.verify, { code })).toMatchObject({
      status: 422,
      body: { code: 'code-used', triesLeft: 4 },
    })
    const stepped = await first.web.post('/api/challenges', { authenticatorId: first.way.authenticatorId })
    expect((await first.web.post(`/api/challenges/${stepped.body.id}/verify`, { code })).status).toBe(422)
    expect((await eventsOf(portal, grace)).filter((one) => one.detail.problem === 'code-used')).toHaveLength(
      2,
    )
  })
})

describe('A-15 replay, all at once', () => {
  test('50 submits of one app code on one challenge open exactly one session', async () => {
    const { key } = await enrolled(portal, grace)
    const before = await liveSessions(portal, grace)
    const { web, verify } = await challenged(portal, grace)
    const code = appCode(portal, key)
    const answers = await Promise.all(Array.from({ length: 50 }, () => web.post(verify, { code })))
    expect(answers.filter((one) => one.body.outcome === 'signed-in')).toHaveLength(1)
    expect(answers.map((one) => one.status).filter((status) => status >= 500)).toEqual([])
    expect(await liveSessions(portal, grace)).toBe(before + 1)
    const finished = (await eventsOf(portal, grace)).filter((one) => one.event === 'sign-in.finished')
    expect(finished).toHaveLength(2)
    expect(await brokenLinks(portal)).toEqual([])
  })

  test('one app code in five browsers at once opens exactly one session', async () => {
    const { key } = await enrolled(portal, grace)
    const code = appCode(portal, key)
    const opened = []
    for (let i = 0; i < 5; i++) opened.push(await challenged(portal, grace))
    const answers = await Promise.all(opened.map(({ web, verify }) => web.post(verify, { code })))
    expect(answers.filter((one) => one.body.outcome === 'signed-in')).toHaveLength(1)
    for (const lost of answers.filter((one) => one.status !== 200))
      expect(lost).toMatchObject({ status: 422, body: { code: 'code-used' } })
  })

  test('one recovery code in five browsers at once opens exactly one session and is one code less', async () => {
    const { codes } = await enrolled(portal, grace)
    const opened = []
    for (let i = 0; i < 5; i++) opened.push(await challenged(portal, grace, 'recovery-codes'))
    const answers = await Promise.all(opened.map(({ web, verify }) => web.post(verify, { code: codes[0] })))
    const won = answers.findIndex((one) => one.body.outcome === 'signed-in')
    expect(answers.filter((one) => one.body.outcome === 'signed-in')).toHaveLength(1)
    const security = await opened[won]?.web.get('/api/account/security')
    expect(security?.body.recoveryCodes).toMatchObject({ left: 9, of: 10 })
    expect((await eventsOf(portal, grace)).filter((one) => one.event === 'recovery-code.used')).toHaveLength(
      1,
    )
    await portal.queue.work()
    expect(portal.queue.mails.filter((one) => one.subject === 'A recovery code was used')).toHaveLength(1)
  })

  test('one texted code submitted 20 times opens exactly one session', async () => {
    const { web: enrolling } = await began(portal, grace)
    const asked = await enrolling.post('/api/challenges/enrolments', { factor: 'phone' })
    const verifyPhone = `/api/challenges/${asked.body.id}/verify`
    await enrolling.post(verifyPhone, { phone: grace.phone })
    const done = await enrolling.post(verifyPhone, { code: portal.phones.codeFor(grace.phone) })
    await enrolling.post(`/api/challenges/${done.body.next.id}/verify`, { saved: true })
    const before = await liveSessions(portal, grace)
    later(portal, 60)
    const { web, verify } = await challenged(portal, grace, 'phone')
    const code = portal.phones.codeFor(grace.phone)
    const answers = await Promise.all(Array.from({ length: 20 }, () => web.post(verify, { code })))
    expect(answers.filter((one) => one.body.outcome === 'signed-in')).toHaveLength(1)
    expect(await liveSessions(portal, grace)).toBe(before + 1)
  })

  test('one code that proves a new app, submitted 20 times, binds one app', async () => {
    const { web } = await began(portal, grace)
    const asked = await web.post('/api/challenges/enrolments', { factor: 'totp' })
    const code = appCode(portal, asked.body.prompt.key.replaceAll(' ', ''))
    const verify = `/api/challenges/${asked.body.id}/verify`
    const answers = await Promise.all(Array.from({ length: 20 }, () => web.post(verify, { code })))
    expect(answers.filter((one) => one.body.outcome === 'enrolled')).toHaveLength(1)
    expect(answers.filter((one) => one.status >= 500)).toEqual([])
    const held = await portal.owner`select 1 from authenticators where added_at is not null`
    expect(held).toHaveLength(1)
  })

  test('one reset link used 10 times at once sets one password', async () => {
    const web = browser(portal)
    await web.post('/api/links/forgotten-password', { email: grace.email })
    const [mail] = await portal.queue.work()
    const token = /#([\w-]{43})/.exec(mail?.text ?? '')?.[1]
    const next = (i: number) => ({ token, next: `correct horse battery ${i} staple` })
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => web.post('/api/links/reset-password', next(i))),
    )
    expect(answers.map((one) => one.status).sort()).toEqual([204, ...Array(9).fill(410)])
  })
})

describe('invariant 9: guesses are counted exactly', () => {
  test('40 parallel wrong codes on one challenge: five are checked, the counter says five', async () => {
    const { key } = await enrolled(portal, grace)
    const { web, verify } = await challenged(portal, grace)
    const code = wrongFor(appCode(portal, key))
    const answers = await Promise.all(Array.from({ length: 40 }, () => web.post(verify, { code })))
    expect(answers.filter((one) => one.body.code === 'wrong-code')).toHaveLength(5)
    expect(answers.filter((one) => one.body.code === 'too-many-tries')).toHaveLength(35)
    expect(await guards()).toEqual({ windowCount: 5, dayCount: 5 })
    expect(await failures()).toMatchObject({ consecutiveFailures: 5 })
    // Even the right one is too late now.
    expect((await web.post(verify, { code: appCode(portal, key) })).status).toBe(429)
  })

  test('a new challenge or a new sign-in gives no new guesses: 10 in 15 minutes over all of them', async () => {
    const { key } = await enrolled(portal, grace)
    const opened = []
    for (let i = 0; i < 5; i++) opened.push(await challenged(portal, grace, 'totp', `203.0.113.${i}`))
    const code = wrongFor(appCode(portal, key))
    const answers = await Promise.all(
      opened.flatMap(({ web, verify }) => Array.from({ length: 5 }, () => web.post(verify, { code }))),
    )
    expect(answers.filter((one) => one.body.code === 'wrong-code')).toHaveLength(10)
    expect(answers.filter((one) => one.status === 429)).toHaveLength(15)
    expect(await guards()).toEqual({ windowCount: 10, dayCount: 10 })
  })
})

describe('A-17, A-19, A-20 guessing on', () => {
  const guessUntilStopped = async (address: (i: number) => string) => {
    const { key } = await enrolled(portal, grace)
    let checked = 0
    for (let round = 0; round < 8; round++) {
      const { web, verify } = await challenged(portal, grace, 'totp', address(round))
      for (let i = 0; i < 4; i++) {
        const answer = await web.post(verify, { code: wrongFor(appCode(portal, key)) })
        if (answer.body.code === 'wrong-code') checked++
        else expect(answer).toMatchObject({ status: 429, body: { code: 'too-many-tries' } })
      }
    }
    return checked
  }

  test('A-17 beginning anew does not reset the count', async () => {
    expect(await guessUntilStopped(() => '198.51.100.7')).toBe(10)
  })

  test('A-19 nor does another address', async () => {
    expect(await guessUntilStopped((i) => `203.0.113.${i}`)).toBe(10)
  })

  test('the window ends after 15 minutes and not a second before; the day holds at 20', async () => {
    const { key } = await enrolled(portal, grace)
    const guess = async () => {
      const { web, verify } = await challenged(portal, grace)
      return (await web.post(verify, { code: wrongFor(appCode(portal, key)) })).body
    }
    for (let i = 0; i < 10; i++) expect((await guess()).code).toBe('wrong-code')
    const stopped = await guess()
    expect(stopped).toMatchObject({ code: 'too-many-tries' })
    later(portal, stopped.retryAfter - 2)
    expect((await guess()).code).toBe('too-many-tries')
    later(portal, 3)
    for (let i = 0; i < 10; i++) expect((await guess()).code).toBe('wrong-code')
    later(portal, 16 * 60)
    expect((await guess()).code).toBe('too-many-tries')
    later(portal, 24 * 3600)
    expect((await guess()).code).toBe('wrong-code')
  })

  test('A-20 one wrong code every 20 minutes: locked at the 50th, whatever the windows forgave', async () => {
    const { key } = await enrolled(portal, grace)
    let checked = 0
    let last = ''
    for (let tries = 0; tries < 400 && last !== 'authenticator-locked'; tries++) {
      later(portal, 20 * 60)
      const { step, web } = await began(portal, grace)
      const opened = await web.post('/api/challenges', {
        authenticatorId: step.ways.find((one: { factor: string }) => one.factor === 'totp').authenticatorId,
      })
      const verify = `/api/challenges/${opened.body.id}/verify`
      last = (await web.post(verify, { code: wrongFor(appCode(portal, key)) })).body.code
      if (last !== 'too-many-tries') checked++
    }
    expect(checked).toBe(50)
    expect(await failures()).toMatchObject({ consecutiveFailures: 50, lockedAt: expect.any(Date) })
    later(portal, 60 * 24 * 3600)
    const { step } = await began(portal, grace)
    expect(step.ways.map((one: { factor: string }) => one.factor)).toEqual(['recovery-codes'])
    await portal.queue.work()
    expect(
      portal.queue.mails.filter((one) => one.to === grace.email && /locked/.test(one.subject)),
    ).toHaveLength(1)
    const locks = (await eventsOf(portal, grace)).filter((one) => one.detail.locked === true)
    expect(locks).toHaveLength(1)
  }, 60_000)

  test('at 49 failures 20 parallel guesses check exactly one more', async () => {
    const { key } = await enrolled(portal, grace)
    await portal.owner`update authenticators set consecutive_failures = 49 where factor = 'totp'`
    const opened = []
    for (let i = 0; i < 4; i++) opened.push(await challenged(portal, grace))
    const code = wrongFor(appCode(portal, key))
    const answers = await Promise.all(
      opened.flatMap(({ web, verify }) => Array.from({ length: 5 }, () => web.post(verify, { code }))),
    )
    expect(answers.filter((one) => one.body.code === 'authenticator-locked')).toHaveLength(1)
    expect(answers.filter((one) => one.body.code === 'wrong-code')).toHaveLength(0)
    expect(await failures()).toMatchObject({ consecutiveFailures: 50 })
  })

  test('a right code forgives the failures of its own authenticator', async () => {
    const { key } = await enrolled(portal, grace)
    const { web, verify } = await challenged(portal, grace)
    for (let i = 0; i < 4; i++) await web.post(verify, { code: wrongFor(appCode(portal, key)) })
    expect(await failures()).toMatchObject({ consecutiveFailures: 4 })
    await web.post(verify, { code: appCode(portal, key) })
    expect(await failures()).toMatchObject({ consecutiveFailures: 0 })
    expect(await guards()).toEqual({ windowCount: 4, dayCount: 4 })
  })
})

describe('A-21 the same counters at every door', () => {
  test('step-up, recovery codes and sign-in share one budget', async () => {
    const { key, web: signedIn } = await enrolled(portal, grace)
    const opened = await challenged(portal, grace)
    for (let i = 0; i < 5; i++) await opened.web.post(opened.verify, { code: wrongFor(appCode(portal, key)) })
    const recovery = await challenged(portal, grace, 'recovery-codes')
    for (let i = 0; i < 5; i++)
      expect((await recovery.web.post(recovery.verify, { code: '0000-0000-0000-0000' })).body.code).toBe(
        'wrong-code',
      )
    expect((await stepUp(portal, signedIn, key)).body.code).toBe('too-many-tries')
  })

  test('the current password on "change password" is throttled and its failures are on record', async () => {
    const { web } = await began(portal, grace)
    await web.post('/api/sign-in/remind-later')
    const codes = []
    for (let i = 0; i < 8; i++) {
      const typed = { current: `wrong password ${i}`, next: 'correct horse battery staple' }
      codes.push((await web.post('/api/account/password', typed)).body.code)
    }
    expect(codes).toEqual([...Array(5).fill('wrong-credentials'), ...Array(3).fill('too-many-tries')])
    const failed = (await eventsOf(portal, grace)).filter(
      (one) => one.event === 'password.changed' && one.outcome === 'failed',
    )
    expect(failed).toHaveLength(5)
  })

  test('three wrong codes after the right password are told to the owner, once', async () => {
    const { key } = await enrolled(portal, grace)
    const { web, verify } = await challenged(portal, grace)
    for (let i = 0; i < 5; i++) await web.post(verify, { code: wrongFor(appCode(portal, key)) })
    await portal.queue.work()
    const told = portal.queue.mails.filter((one) => one.subject === 'Wrong codes after your right password')
    expect(told).toHaveLength(1)
  })
})

describe('A-23 a lock-out as a weapon', () => {
  const fail = (email: string, i: number, web = browser(portal, `203.0.${i >> 6}.${i & 63}`)) =>
    web.post('/api/sign-in', { email, password: `wrong ${i}` })

  test('strangers failing the sign-in touch no second factor, and a known browser still gets in', async () => {
    const { web, key } = await enrolled(portal, grace)
    await web.delete('/api/session')
    for (let i = 0; i < 40; i++) await fail(grace.email, i)
    const elsewhere = browser(portal, '192.0.2.50')
    expect(
      (await elsewhere.post('/api/sign-in', { email: grace.email, password: grace.password })).status,
    ).toBe(429)
    expect(await guards()).toEqual({ windowCount: 0, dayCount: 0 })
    const again = await web.post('/api/sign-in', { email: grace.email, password: grace.password })
    expect(again.status).toBe(200)
    const opened = await web.post('/api/challenges', {
      authenticatorId: again.body.signIn.step.ways[0].authenticatorId,
    })
    const done = await web.post(`/api/challenges/${opened.body.id}/verify`, { code: appCode(portal, key) })
    expect(done.body).toEqual({ outcome: 'signed-in' })
  })

  test('strangers at the same address do not shut a known browser out', async () => {
    const { web } = await enrolled(portal, grace)
    for (let i = 0; i < 40; i++) await fail(`nobody${i}@northwind.test`, i, browser(portal))
    expect((await began(portal, grace)).answer.status).toBe(429)
    expect((await web.post('/api/sign-in', { email: grace.email, password: grace.password })).status).toBe(
      200,
    )
  })

  test('a right password alone makes no browser known where a second factor is due', async () => {
    const { web: known } = await enrolled(portal, grace)
    expect(known.jar.has('__Host-known')).toBe(true)
    const { web } = await began(portal, grace)
    expect(web.jar.has('__Host-known')).toBe(false)
  })

  test('a known browser is known for its own person only', async () => {
    const { web } = await enrolled(portal, grace)
    for (let i = 0; i < 6; i++) await fail(ada.email, i)
    expect((await web.post('/api/sign-in', { email: ada.email, password: ada.password })).status).toBe(429)
  })

  test('another spelling of an address is the same account with the same count', async () => {
    for (let i = 0; i < 5; i++) await fail(grace.email, i)
    for (const email of [grace.email.toUpperCase(), ` ${grace.email} `, 'Grace@Northwind.Test'])
      expect(
        (await browser(portal, '192.0.2.9').post('/api/sign-in', { email, password: grace.password })).status,
        email,
      ).toBe(429)
    const odd = browser(portal, '192.0.2.10')
    const answer = await odd.post('/api/sign-in', { email: 'grace@northwİnd.test', password: grace.password })
    expect(answer.body.code).toBe('wrong-credentials')
  })

  test('a flood of throttled tries leaves one row a minute', async () => {
    for (let i = 0; i < 60; i++) await fail(grace.email, i, browser(portal, '203.0.113.1'))
    const rows = (await eventsOf(portal, grace)).filter((one) => one.event === 'sign-in.throttled')
    expect(rows).toHaveLength(1)
  })

  test('IPv6: the whole /64 counts as one address', async () => {
    const tries = []
    for (let i = 0; i < 32; i++)
      tries.push(
        await fail(`nobody${i}@northwind.test`, i, browser(portal, `2001:db8:1:2::${i.toString(16)}`)),
      )
    expect(tries.filter((one) => one.status === 429)).toHaveLength(2)
    expect((await fail('nobody@northwind.test', 99, browser(portal, '2001:db8:1:3::1'))).status).toBe(401)
  })
})

test('signing in with the app works after all of it', async () => {
  const { key } = await enrolled(portal, grace)
  expect((await signIn(portal, grace, key)).done.body).toEqual({ outcome: 'signed-in' })
})
