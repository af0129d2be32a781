import { minutes, seconds } from '@countersign/core/clock'
import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { answer, inbox, type Phone, pairPhone, takeCode } from '../testing/app.ts'
import { type Browser, browser, testPortal } from '../testing/portal.ts'

const portal = await testPortal()
let phone: Phone
let clock = 0
const later = (ms: number) => {
  clock += ms
  portal.clock.moveTo(clock)
}

const grace = { email: 'grace@northwind.test', password: demoPassword }

beforeEach(async () => {
  clock = 0
  portal.clock.moveTo(0)
  await portal.play('fresh')
  const web = browser(portal)
  await web.post('/api/sign-in', grace)
  phone = await pairPhone(portal, web)
})

/** A sign-in by password that asks this device. */
const askDevice = async (authenticatorId: string, web: Browser = browser(portal, '198.51.100.99')) => {
  await web.post('/api/sign-in', grace)
  const challenge = (await web.post('/api/challenges', { authenticatorId })).body
  const look = () => web.post(`/api/challenges/${challenge.id}/verify`, { waiting: true })
  const type = (code: string) => web.post(`/api/challenges/${challenge.id}/verify`, { code })
  return { web, challenge, prompt: challenge.prompt, look, type }
}
const ask = (web?: Browser) => askDevice(phone.authenticatorId, web)
const requestOf = async (of: Phone = phone) => (await inbox(of)).requests[0]
const mailsOf = async (template: string) =>
  (await portal.owner`select 1 from mails where template = ${template}`).length

describe('pairing', () => {
  test('binds the device once the browser goes on, and tells the person', async () => {
    expect((await inbox(phone)).accounts).toMatchObject([
      { email: grace.email, company: 'Northwind IT', confirmed: true },
    ])
    expect(await mailsOf('factor-added')).toBe(1)
  })

  test('protects nothing until then', async () => {
    const web = browser(portal)
    await web.post('/api/sign-in', { ...grace, email: 'edsger@northwind.test' })
    const asked = await web.post('/api/challenges/enrolments', { factor: 'push' })
    expect(asked.body.prompt).toMatchObject({
      kind: 'scan-qr',
      linkLabel: 'Open on this device',
      codeLength: null,
    })
    await takeCode(portal, asked.body.prompt)
    const again = await browser(portal).post('/api/sign-in', { ...grace, email: 'edsger@northwind.test' })
    expect(again.body.signIn.step.kind).toBe('enrol')
  })

  test('A-49 pairing QR theft: a second device, a late one and one without the key are refused', async () => {
    const web = browser(portal)
    await web.post('/api/sign-in', { ...grace, email: 'edsger@northwind.test' })
    const asked = await web.post('/api/challenges/enrolments', { factor: 'push' })
    const { app, web: device } = await takeCode(portal, asked.body.prompt)
    const thief = await takeCode(portal, asked.body.prompt, 'Thief')
    expect(thief.paired).toMatchObject({ status: 410, body: { code: 'pairing-over' } })
    await takeCode(portal, asked.body.prompt, 'Thief')
    expect(await mailsOf('pairing-code-reused')).toBe(1)

    const late = await web.post('/api/challenges/enrolments', { factor: 'push' })
    const code = late.body.prompt.uri.split('#pair=')[1]
    const forged = { ...app.pairing(code), signature: app.pairing(`${code}x`).signature }
    expect((await device.post('/api/authenticator/pairings', forged)).status).toBe(422)
    later(minutes(10))
    expect((await takeCode(portal, late.body.prompt)).paired.status).toBe(410)
  })

  test('A-49 from a sign-in that owes a second factor: refused', async () => {
    const { web } = await ask()
    const tried = await web.post('/api/challenges/enrolments', { factor: 'push' })
    expect(tried).toMatchObject({ status: 409, body: { code: 'wrong-step' } })
  })

  test('of two devices at once one gets the code', async () => {
    const web = browser(portal)
    await web.post('/api/sign-in', { ...grace, email: 'edsger@northwind.test' })
    const asked = await web.post('/api/challenges/enrolments', { factor: 'push' })
    const tries = await Promise.all([1, 2, 3, 4].map(() => takeCode(portal, asked.body.prompt)))
    expect(tries.map((one) => one.paired.status).sort()).toEqual([201, 410, 410, 410])
  })

  test('at most five codes an hour', async () => {
    const web = browser(portal)
    await web.post('/api/sign-in', { ...grace, email: 'edsger@northwind.test' })
    const begin = () => web.post('/api/challenges/enrolments', { factor: 'push' })
    for (let n = 0; n < 5; n++) expect((await begin()).status).toBe(201)
    expect((await begin()).body.code).toBe('too-many-requests')
  })
})

describe('approval', () => {
  test('the right number, signed, lets the waiting browser in, once', async () => {
    const { web, prompt, look } = await ask()
    expect(prompt).toMatchObject({ kind: 'approve-elsewhere', status: 'waiting', codeLength: 6 })
    expect((await look()).body.outcome).toBe('waiting')
    const request = await requestOf()
    expect(request).toMatchObject({
      browser: 'Firefox on Linux',
      address: '198.51.100.99',
      person: 'Grace Lindqvist',
    })
    expect(JSON.stringify(request)).not.toContain(prompt.number)
    expect((await answer(phone, request.id, 'approve', prompt.number)).status).toBe(204)
    expect((await look()).body).toEqual({ outcome: 'signed-in' })
    expect((await web.get('/api/session')).body).toMatchObject({
      aal: 2,
      amr: expect.arrayContaining(['push']),
    })
    expect((await look()).status).toBe(410)
  })

  test('a wrong number ends the request', async () => {
    const { prompt, look } = await ask()
    const { id } = await requestOf()
    const wrong = prompt.number === '000000' ? '111111' : '000000'
    expect((await answer(phone, id, 'approve', wrong)).body.code).toBe('wrong-code')
    expect((await answer(phone, id, 'approve', prompt.number)).body.code).toBe('request-over')
    expect((await look()).body.challenge.prompt.status).toBe('denied')
    expect((await look()).body.outcome).toBe('waiting')
  })

  test('after its two minutes, after denial, and after the sign-in was given up: too late', async () => {
    const first = await ask()
    const late = await requestOf()
    later(minutes(2))
    expect((await answer(phone, late.id, 'approve', first.prompt.number)).body.code).toBe('request-over')
    expect((await inbox(phone)).requests).toEqual([])

    const second = await ask()
    const denied = await requestOf()
    await answer(phone, denied.id, 'deny')
    expect((await answer(phone, denied.id, 'approve', second.prompt.number)).body.code).toBe('request-over')

    const third = await ask()
    const left = await requestOf()
    await third.web.delete('/api/sign-in')
    expect((await answer(phone, left.id, 'approve', third.prompt.number)).body.code).toBe('request-over')
  })

  test('replayed and altered signatures decide nothing', async () => {
    const { prompt, look } = await ask()
    const request = await requestOf()
    const right = phone.app.answer(request.id, 'approve', prompt.number)
    const send = (body: object) =>
      phone.web.post(`/api/authenticator/requests/${request.id}/answer`, body, phone.headers)
    expect((await send({ ...right, decision: 'deny', number: '' })).status).toBe(422)
    expect((await send({ ...right, number: '999999' })).status).toBe(422)
    const altered = `${right.signature.startsWith('A') ? 'B' : 'A'}${right.signature.slice(1)}`
    expect((await send({ ...right, signature: altered })).status).toBe(422)
    const other = phone.app.answer('01980000-0000-7000-8000-000000000000', 'approve', prompt.number)
    expect((await send(other)).status).toBe(422)
    expect((await look()).body.outcome).toBe('waiting')
    expect((await send(right)).status).toBe(204)
    expect((await send(right)).status).toBe(410)
  })

  test('another person’s device is not asked and cannot answer', async () => {
    const web = browser(portal)
    await web.post('/api/sign-in', { ...grace, email: 'linus@northwind.test' })
    const stranger = await pairPhone(portal, web)
    const { prompt } = await ask()
    const request = await requestOf()
    expect((await inbox(stranger)).requests).toEqual([])
    expect((await answer(stranger, request.id, 'approve', prompt.number)).body.code).toBe('request-over')
    const mixed = { ...stranger, headers: phone.headers }
    expect((await answer(mixed, request.id, 'approve', prompt.number)).status).toBe(422)
  })

  test('of answers at once exactly one counts', async () => {
    const { prompt, look } = await ask()
    const { id } = await requestOf()
    const tries = await Promise.all([
      answer(phone, id, 'approve', prompt.number),
      answer(phone, id, 'deny'),
      answer(phone, id, 'approve', prompt.number),
      answer(phone, id, 'deny'),
    ])
    expect(tries.filter((one) => one.status === 204)).toHaveLength(1)
    const approved = tries[0]?.status === 204 || tries[2]?.status === 204
    expect((await look()).body.outcome).toBe(approved ? 'signed-in' : 'next')
  })

  test('of two devices that answer differently at once only the one that was asked counts', async () => {
    const signedIn = await ask()
    await answer(phone, (await requestOf()).id, 'approve', signedIn.prompt.number)
    await signedIn.look()
    const tablet = await pairPhone(portal, signedIn.web, 'Grace’s tablet')
    later(minutes(3))
    for (const [first, second] of [
      ['approve', 'deny'],
      ['deny', 'approve'],
    ] as const) {
      const begun = await browser(portal).post('/api/sign-in', grace)
      expect(
        begun.body.signIn.step.ways.filter((way: { factor: string }) => way.factor === 'push'),
      ).toHaveLength(2)
      const asked = await askDevice(phone.authenticatorId)
      const { id } = await requestOf()
      expect((await inbox(tablet)).requests).toEqual([])
      const [own, other] = await Promise.all([
        answer(phone, id, first, asked.prompt.number),
        answer(tablet, id, second, asked.prompt.number),
      ])
      expect([own.status, other.body.code]).toEqual([204, 'request-over'])
      expect((await asked.look()).body.outcome).toBe(first === 'approve' ? 'signed-in' : 'next')
      later(minutes(3))
    }
  })

  test('an approval outlives whoever served it: the browser fetches it at its next step', async () => {
    const { prompt, challenge, web } = await ask()
    await answer(phone, (await requestOf()).id, 'approve', prompt.number)
    expect((await web.get(`/api/challenges/${challenge.id}`)).status).toBe(200)
    const fetched = await web.post(`/api/challenges/${challenge.id}/verify`, { waiting: true })
    expect(fetched.body.outcome).toBe('signed-in')
  })
})

describe('tokens', () => {
  test('sign in with the token of the app, and never twice', async () => {
    const first = await ask()
    const token = phone.app.token(portal.clock.now())
    expect((await first.type(token)).body).toEqual({ outcome: 'signed-in' })
    const second = await ask()
    expect((await second.type(token)).body.code).toBe('code-used')
  })

  test.each([
    ['15 seconds slow', -15, 200],
    ['60 seconds slow', -60, 422],
    ['60 seconds fast', 60, 422],
  ])('from a clock %s', async (_name, off, status) => {
    const { type } = await ask()
    const at = new Date(portal.clock.now().getTime() + seconds(off))
    expect((await type(phone.app.token(at))).status).toBe(status)
  })

  test('two at once: one wins', async () => {
    const [first, second] = [await ask(), await ask()]
    const token = phone.app.token(portal.clock.now())
    const tries = await Promise.all([first.type(token), second.type(token)])
    expect(tries.map((one) => one.status).sort()).toEqual([200, 422])
  })
})

describe('A-47 push fatigue', () => {
  const stranger = async (n: number) => ask(browser(portal, `198.51.100.${n}`))

  test('one request at a time, however many sign-ins ask; the token still works', async () => {
    await stranger(1)
    const others = await Promise.all([2, 3, 4, 5].map(stranger))
    for (const other of others) expect(other.prompt.kind).toBe('enter-code')
    expect((await inbox(phone)).requests).toHaveLength(1)
    expect((await others[0]?.type(phone.app.token(portal.clock.now())))?.body.outcome).toBe('signed-in')
  })

  test('five in a quarter of an hour, ten a day without an approval', async () => {
    const kinds: string[] = []
    for (let n = 0; n < 14; n++) {
      kinds.push((await stranger(n)).prompt.kind)
      later(n === 6 ? minutes(16) : seconds(121))
    }
    const asked = kinds.map((kind) => kind === 'approve-elsewhere')
    expect(asked.slice(0, 7)).toEqual([true, true, true, true, true, false, false])
    expect(asked.filter(Boolean)).toHaveLength(10)
  })

  test('three refusals mute for an hour', async () => {
    for (let n = 0; n < 3; n++) {
      await stranger(n)
      expect((await answer(phone, (await requestOf()).id, 'deny')).status).toBe(204)
    }
    expect((await stranger(9)).prompt.kind).toBe('enter-code')
    later(minutes(59))
    expect((await stranger(10)).prompt.kind).toBe('enter-code')
    later(minutes(2))
    expect((await stranger(11)).prompt.kind).toBe('approve-elsewhere')
  })

  test('a wrong number three times mutes for an hour, as three refusals do', async () => {
    for (let n = 0; n < 3; n++) {
      const { prompt } = await stranger(n)
      const wrong = prompt.number === '000000' ? '111111' : '000000'
      expect((await answer(phone, (await requestOf()).id, 'approve', wrong)).body.code).toBe('wrong-code')
    }
    expect((await stranger(9)).prompt.kind).toBe('enter-code')
    later(minutes(61))
    expect((await stranger(10)).prompt.kind).toBe('approve-elsewhere')
  })

  test('"this is not me" ends the sign-in, shuts the password door to strangers, and tells the person', async () => {
    const { look, web } = await stranger(1)
    expect((await answer(phone, (await requestOf()).id, 'disown')).status).toBe(204)
    expect((await look()).body.code).toBe('challenge-over')
    expect((await web.get('/api/sign-in')).body.code).toBe('attempt-over')
    expect((await browser(portal).post('/api/sign-in', grace)).body.code).toBe('too-many-tries')
    expect(await mailsOf('request-disowned')).toBe(1)
    later(minutes(16))
    expect((await browser(portal).post('/api/sign-in', grace)).status).toBe(200)
  })
})

describe('unlinking', () => {
  test('from the settings: the app hears of it and its token is worth nothing', async () => {
    const { web, type } = await ask()
    await type(phone.app.token(portal.clock.now()))
    expect((await web.delete(`/api/account/authenticators/${phone.authenticatorId}`)).status).toBe(204)
    expect((await inbox(phone)).accounts).toEqual([])
    expect((await phone.web.get('/api/authenticator/events', phone.headers)).body.code).toBe('not-paired')
  })

  test('from the device, signed and recent', async () => {
    const send = (body: object) => phone.web.post('/api/authenticator/unlink', body, phone.headers)
    const now = portal.clock.now()
    const { signature } = phone.app.unlink(phone.authenticatorId, now)
    const old = phone.app.unlink(phone.authenticatorId, new Date(now.getTime() - minutes(3)))
    expect((await send(old)).status).toBe(422)
    expect((await send({ at: new Date(now.getTime() + 1).toISOString(), signature })).status).toBe(422)
    expect((await send(phone.app.unlink(phone.authenticatorId, now))).status).toBe(204)
    expect((await inbox(phone)).accounts).toEqual([])
  })

  test('not the last factor where the company requires one', async () => {
    await portal.owner`update companies set required_at = ${portal.clock.now()}`
    const body = phone.app.unlink(phone.authenticatorId, portal.clock.now())
    const tried = await phone.web.post('/api/authenticator/unlink', body, phone.headers)
    expect(tried.body.code).toBe('last-factor')
  })
})

describe('waking', () => {
  const subscription = (name: string) => ({
    endpoint: `https://push.test/${name}`,
    keys: { p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) },
  })
  const subscribe = (body: object) => phone.web.post('/api/authenticator/subscriptions', body, phone.headers)

  test('a request wakes the shut app with nothing but an id; dead addresses are dropped', async () => {
    expect((await subscribe(subscription('alive'))).status).toBe(204)
    expect((await subscribe(subscription('dead'))).status).toBe(204)
    portal.pushes.gone.add('https://push.test/dead')
    const before = portal.pushes.sent.length
    await ask()
    const { id } = await requestOf()
    await expect.poll(() => portal.pushes.sent.length).toBe(before + 1)
    expect(portal.pushes.sent.at(-1)).toEqual({
      endpoint: 'https://push.test/alive',
      payload: JSON.stringify({ id }),
    })
    await expect.poll(async () => (await portal.owner`select 1 from push_subscriptions`).length).toBe(1)
  })

  test('only push services we know are ever called', async () => {
    for (const endpoint of ['https://127.0.0.1/x', 'https://169.254.169.254/x', 'http://push.test/x'])
      expect((await subscribe({ ...subscription('x'), endpoint })).body.code, endpoint).toBe('push-host')
  })
})
