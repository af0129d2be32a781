import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startSandbox } from './start.ts'

test('down drops the connection without a word', async () => {
  const { api, url } = await startSandbox()
  await api.put('/faults/sms', { mode: 'down' })
  await expect(fetch(`${url}/twilio/verify/v2/anything`)).rejects.toThrow('fetch failed')
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('slow answers late, and at once when healed', async () => {
  const { api, url } = await startSandbox()
  await api.put('/faults/sms', { mode: 'slow' })
  let answered = false
  const pending = fetch(`${url}/twilio/verify/v2/anything`).then((answer) => {
    answered = true
    return answer.status
  })
  await api.get('/faults')
  expect(answered).toBe(false)
  await api.delete('/faults/sms')
  expect(await pending).toBe(401)
})

test('stopping waits for nobody: not for slow answers, open pages or idle mail clients', async () => {
  const { api, url, ports, stop } = await startSandbox()
  const stream = await fetch(`${url}/api/events`)
  await api.put('/faults/sms', { mode: 'slow' })
  const slow = fetch(`${url}/twilio/verify/v2/anything`).catch((error: Error) => error)
  const mailClient = connect(ports.smtp, '127.0.0.1')
  await once(mailClient, 'data')
  await api.get('/faults')

  const began = performance.now()
  await stop()
  expect(performance.now() - began).toBeLessThan(1_000)
  await slow
  await stream.body?.cancel().catch(() => undefined)
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed')
})
