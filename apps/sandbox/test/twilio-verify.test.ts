import twilio from 'twilio'
import { expect, test } from 'vitest'
import { startSandbox } from './start.ts'

const mobile = '+14155550101'
const landline = '+14155550150'

/** The official client, pointed at the sandbox with nothing but what /api/credentials answers. */
async function start(changes: { authToken?: string; verifyServiceSid?: string } = {}) {
  const sandbox = await startSandbox()
  const credentials = { ...(await sandbox.api.get('/credentials')).body.twilio, ...changes }
  const client = twilio(credentials.accountSid, credentials.authToken)
  client.verify.baseUrl = credentials.verifyUrl
  const service = client.verify.v2.services(credentials.verifyServiceSid)
  return {
    ...sandbox,
    service,
    send: (to: string, channel = 'sms') => service.verifications.create({ to, channel }),
    check: (to: string, code: string) => service.verificationChecks.create({ to, code }),
    lastCode: async () => (await sandbox.api.messages())[0]?.code ?? '',
  }
}

const wrongFor = (code: string) => (code === '000000' ? '111111' : '000000')

test('a text message carries the code that is then approved, once', async () => {
  const { send, check, api } = await start()
  const verification = await send(mobile)
  expect(verification).toMatchObject({ to: mobile, channel: 'sms', status: 'pending', valid: false })
  expect(verification.sid).toMatch(/^VE[0-9a-f]{32}$/)
  expect(verification.sendCodeAttempts).toHaveLength(1)

  const [message] = await api.messages(`?to=${encodeURIComponent(mobile)}&channel=sms`)
  expect(message).toMatchObject({ channel: 'sms', to: mobile, subject: null, html: null })
  expect(message?.code).toMatch(/^\d{6}$/)
  expect(message?.text).toBe(`Your Countersign verification code is: ${message?.code}`)

  const code = message?.code ?? ''
  expect(await check(mobile, code)).toMatchObject({ status: 'approved', valid: true, sid: verification.sid })
  await expect(check(mobile, code)).rejects.toMatchObject({ status: 404, code: 20404 })
})

test('a call speaks the code, also to a desk phone', async () => {
  const { send, api } = await start()
  await send(landline, 'call')
  const [message] = await api.messages(`?to=${encodeURIComponent(landline)}&channel=call`)
  expect(message?.text).toContain([...(message?.code ?? '')].join(', '))
})

test('a resend keeps sid and code; a send after approval has new ones', async () => {
  const { send, check, api } = await start()
  const first = await send(mobile)
  const again = await send(mobile, 'call')
  expect(again.sid).toBe(first.sid)
  expect(again.sendCodeAttempts.map((a) => a.channel)).toEqual(['sms', 'call'])
  const [call, sms] = await api.messages()
  expect(call?.code).toBe(sms?.code)

  await check(mobile, sms?.code ?? '')
  expect((await send(mobile)).sid).not.toBe(first.sid)
})

test('a wrong code is pending, the sixth check is refused, even with the right code', async () => {
  const { send, check, lastCode } = await start()
  await send(mobile)
  const code = await lastCode()
  for (let i = 0; i < 5; i++) {
    expect(await check(mobile, wrongFor(code))).toMatchObject({ status: 'pending', valid: false })
  }
  await expect(check(mobile, code)).rejects.toMatchObject({ status: 429, code: 60202 })
  await expect(send(mobile)).rejects.toMatchObject({ status: 429, code: 60202 })
})

test('the sixth send is refused', async () => {
  const { send } = await start()
  for (let i = 0; i < 5; i++) await send(mobile)
  await expect(send(mobile)).rejects.toMatchObject({ status: 429, code: 60203 })
})

test('a verification lives ten minutes of the moved clock', async () => {
  const { send, check, lastCode, api } = await start()
  const first = await send(mobile)
  await api.post('/clock', { advance: 'PT9M50S' })
  expect((await send(mobile)).sid).toBe(first.sid)
  await api.post('/clock', { advance: 'PT10S' })
  await expect(check(mobile, await lastCode())).rejects.toMatchObject({ status: 404, code: 20404 })
  expect((await send(mobile)).sid).not.toBe(first.sid)
})

test('a verification can be read, cancelled and approved by its sid', async () => {
  const { send, service, check, lastCode } = await start()
  const { sid } = await send(mobile)
  expect(await service.verifications(sid).fetch()).toMatchObject({ sid, status: 'pending' })
  expect(await service.verifications(sid).update({ status: 'canceled' })).toMatchObject({
    status: 'canceled',
  })
  await expect(service.verifications(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
  await expect(check(mobile, await lastCode())).rejects.toMatchObject({ code: 20404 })

  const other = await send(mobile)
  const bySid = { verificationSid: other.sid, code: await lastCode() }
  expect(await service.verificationChecks.create(bySid)).toMatchObject({ status: 'approved' })
})

test.each([
  ['not a number', '12', 'sms', 400, 60200],
  ['a number without its country', '4155550101', 'sms', 400, 60200],
  ['an unknown channel', mobile, 'pigeon', 400, 60200],
  ['a channel that is switched off', mobile, 'whatsapp', 400, 60223],
  ['a text to a landline', landline, 'sms', 403, 60205],
  ['too many requests at a time', '+14155550212', 'sms', 429, 60212],
  ['a blocked creation', '+14155550238', 'call', 403, 60238],
  ['Fraud Guard', '+14155550410', 'sms', 403, 60410],
  ['a country that is not permitted', '+14155550605', 'sms', 403, 60605],
])('%s is refused', async (_what, to, channel, status, code) => {
  const { send, api } = await start()
  await expect(send(to, channel)).rejects.toMatchObject({ status, code })
  expect(await api.messages()).toEqual([])
})

test('a custom code needs a feature the service has not got', async () => {
  const { service } = await start()
  const asked = service.verifications.create({ to: mobile, channel: 'sms', customCode: '123456' })
  await expect(asked).rejects.toMatchObject({ status: 403, code: 60204 })
})

test('a code that cannot be one is an invalid parameter', async () => {
  const { send, check } = await start()
  await send(mobile)
  await expect(check(mobile, '1')).rejects.toMatchObject({ status: 400, code: 60200 })
})

test('a Canadian number can be texted and called', async () => {
  const { send } = await start()
  await send('+16135550150')
  expect((await send('+16135550150', 'call')).sendCodeAttempts).toHaveLength(2)
})

test('wrong keys and another service are refused', async () => {
  const wrongToken = await start({ authToken: 'wrong' })
  await expect(wrongToken.send(mobile)).rejects.toMatchObject({ status: 401, code: 20003 })
  const wrongService = await start({ verifyServiceSid: `VA${'0'.repeat(32)}` })
  await expect(wrongService.send(mobile)).rejects.toMatchObject({ status: 404, code: 20404 })
})
