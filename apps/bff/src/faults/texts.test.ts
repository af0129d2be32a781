import { createServer } from 'node:http'
import { createTwilioTexts } from '@countersign/core/gateways/twilio'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testSandbox } from '../testing/faulty-sandbox.ts'
import { testPortal } from '../testing/portal.ts'
import { began, beginEnrolment, eventsOf, grace, later } from '../testing/steps.ts'

const sandbox = await testSandbox()
const texts = createTwilioTexts({ ...sandbox.twilio, timeoutMs: 2000 })
const portal = await testPortal()
portal.deps.gateways.texts = texts
beforeEach(async () => {
  await sandbox.heal('sms')
  await sandbox.heal('lookup')
  await portal.play('fresh')
})

const unavailable = { ok: false, why: 'unavailable' }

describe('the real Twilio client against the sandbox', () => {
  test('line types, a code, a wrong one, the right one, and the right one again', async () => {
    const number = '+14155550120'
    expect(await texts.lineType(number)).toEqual({ ok: true, lineType: 'mobile', detail: 'mobile' })
    expect(await texts.lineType('+14155550150')).toMatchObject({ lineType: 'not-mobile' })
    expect(await texts.lineType('+14155550195')).toMatchObject({ lineType: 'unsuitable' })
    expect(await texts.lineType('+16135550110')).toMatchObject({ lineType: 'unknown' })
    expect(await texts.check(number, '000000')).toEqual({ ok: true, verdict: 'gone' })
    expect(await texts.send(number, 'sms')).toEqual({ ok: true })
    const code = (await sandbox.messages(number))[0]?.code ?? ''
    expect(code).toMatch(/^\d{6}$/)
    expect(await texts.send(number, 'call')).toEqual({ ok: true })
    expect((await sandbox.messages(number))[0]?.code).toBe(code)
    expect(await texts.check(number, code === '000000' ? '1' : '000000')).toEqual({
      ok: true,
      verdict: 'wrong',
    })
    expect(await texts.check(number, code)).toEqual({ ok: true, verdict: 'right' })
    expect(await texts.check(number, code)).toEqual({ ok: true, verdict: 'gone' })
  })

  test('six wrong codes: Twilio’s own five are spent, and a new code is needed', async () => {
    const number = '+14155550121'
    await texts.send(number, 'sms')
    const verdicts = []
    for (let i = 0; i < 6; i++) verdicts.push(await texts.check(number, '00000'.concat(String(i))))
    expect(verdicts.slice(0, 5).every((one) => one.ok && one.verdict === 'wrong')).toBe(true)
    expect(verdicts[5]).toEqual({ ok: true, verdict: 'gone' })
    expect(await texts.send(number, 'sms')).toEqual({ ok: false, why: 'too-many', code: 60202 })
  })

  test.each([
    ['+14155550212', 'too-many', 60212],
    ['+14155550238', 'refused', 60238],
    ['+14155550410', 'refused', 60410],
    ['+14155550605', 'refused', 60605],
    ['+14155550150', 'refused', 60205],
  ] as const)('a text to %s is %s (%i)', async (number, why, code) => {
    expect(await texts.send(number, 'sms')).toEqual({ ok: false, why, code })
  })

  test.each(['down', 'slow', 'error'] as const)(
    '%s: everything is unavailable, and nothing is thrown',
    async (mode) => {
      await sandbox.break('sms', mode)
      await sandbox.break('lookup', mode)
      expect(await texts.lineType('+14155550122')).toMatchObject(unavailable)
      expect(await texts.send('+14155550122', 'sms')).toMatchObject(unavailable)
      expect(await texts.check('+14155550122', '123456')).toMatchObject(unavailable)
      await sandbox.heal('sms')
      expect(await texts.send('+14155550122', 'sms')).toEqual({ ok: true })
    },
  )

  test('refused credentials are a fault of ours, not of the number', async () => {
    const stranger = createTwilioTexts({ ...sandbox.twilio, authToken: 'x'.repeat(32), timeoutMs: 2000 })
    expect(await stranger.send('+14155550123', 'sms')).toMatchObject(unavailable)
  })
})

describe('answers that are not Twilio’s', () => {
  let answer = { status: 200, type: 'text/html', body: '' }
  const server = createServer((_request, response) => {
    response.writeHead(answer.status, { 'content-type': answer.type })
    response.end(answer.body)
  })
  afterAll(() => server.close())

  test.each([
    ['a page', 200, 'text/html', '<h1>Welcome</h1>'],
    ['an empty body', 200, 'application/json', ''],
    ['an empty object', 200, 'application/json', '{}'],
    ['a list', 201, 'application/json', '[]'],
    ['null', 200, 'application/json', 'null'],
    ['half a document', 200, 'application/json', '{"status":"appro'],
    ['approved as a number', 200, 'application/json', '{"status":1,"valid":1}'],
    ['a fault without a code', 500, 'text/plain', 'oops'],
    ['a proxy’s fault', 502, 'text/html', '<h1>Bad gateway</h1>'],
  ])('%s: unavailable, never right, never sent', async (_what, status, type, body) => {
    if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    answer = { status, type, body }
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
    const odd = createTwilioTexts({ ...sandbox.twilio, verifyUrl: url, lookupsUrl: url, timeoutMs: 2000 })
    expect(await odd.lineType('+14155550124')).toMatchObject(unavailable)
    expect(await odd.send('+14155550124', 'sms')).toMatchObject(unavailable)
    expect(await odd.check('+14155550124', '123456')).toMatchObject(unavailable)
  })
})

describe('a sign-in while Twilio fails', () => {
  const codeSent = async () => {
    const { web } = await began(portal, grace)
    const { verify, asked } = await beginEnrolment(web, 'phone')
    const sent = await web.post(verify, { phone: grace.phone })
    expect(sent.body.outcome).toBe('next')
    return { web, verify, id: asked.body.id, code: (await sandbox.messages(grace.phone))[0]?.code ?? '' }
  }

  test.each(['down', 'error', 'slow'] as const)(
    '%s at the check: 502, no try is lost, and the code still works after',
    async (mode) => {
      await sandbox.break('sms', mode)
      await sandbox.heal('sms')
      const { web, verify, code } = await codeSent()
      await sandbox.break('sms', mode)
      for (let i = 0; i < 3; i++)
        expect(await web.post(verify, { code })).toMatchObject({
          status: 502,
          body: { code: 'texts-unavailable' },
        })
      const [row] = await portal.owner`select tries from challenges where factor = 'phone'`
      expect(row).toEqual({ tries: 0 })
      await sandbox.heal('sms')
      expect((await web.post(verify, { code })).body.outcome).toBe('enrolled')
      const failed = (await eventsOf(portal, grace)).filter(
        (one) => one.detail.problem === 'texts-unavailable',
      )
      expect(failed).toHaveLength(3)
    },
  )

  test('down at sending: a specific problem, on record, no cool-down, and another way stays open', async () => {
    await sandbox.break('sms', 'down')
    const { web } = await began(portal, grace)
    const { verify } = await beginEnrolment(web, 'phone')
    const answer = await web.post(verify, { phone: '+14155550125' })
    expect(answer).toMatchObject({ status: 502, body: { code: 'texts-unavailable' } })
    expect((await eventsOf(portal, grace)).map((one) => one.event)).toContain('code.not-sent')
    expect((await beginEnrolment(web, 'totp')).asked.status).toBe(201)
    await sandbox.heal('sms')
    expect((await web.post(verify, { phone: '+14155550125' })).body.outcome).toBe('next')
  })

  test.each([
    ['refused', '+14155550410', 422, 'texts-refused'],
    ['busy', '+14155550212', 429, 'too-many-requests'],
  ])('%s: says so and asks for another number', async (_what, phone, status, code) => {
    const { web } = await began(portal, grace)
    const { verify } = await beginEnrolment(web, 'phone')
    expect(await web.post(verify, { phone })).toMatchObject({ status, body: { code } })
    later(portal, 31)
    expect((await web.post(verify, { phone: '+14155550126' })).body.outcome).toBe('next')
  })
})
