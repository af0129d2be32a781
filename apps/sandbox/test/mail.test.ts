import nodemailer from 'nodemailer'
import { expect, test } from 'vitest'
import { startSandbox } from './start.ts'

async function start(slowMs = 30_000) {
  const sandbox = await startSandbox({ slowMs })
  const { host, port } = (await sandbox.api.get('/credentials')).body.smtp
  const transport = nodemailer.createTransport({ host, port, secure: false })
  const mail = {
    from: 'Countersign <no-reply@countersign.test>',
    to: 'grace@northwind.test',
    subject: 'Grüße',
  }
  const send = (changes = {}) => transport.sendMail({ ...mail, text: 'Hello', ...changes })
  return { ...sandbox, send }
}

test('a mail arrives whole, with its code', async () => {
  const { send, api } = await start()
  const html = '<p>Your passcode: <b>K7PD2-9XWQM</b> – é</p>'
  await send({ text: 'Your passcode:\n\nK7PD2-9XWQM\n\nIt works for 10 minutes – é.', html })
  const [message] = await api.messages('?to=GRACE@northwind.test&channel=email')
  expect(message).toMatchObject({ channel: 'email', to: 'grace@northwind.test', subject: 'Grüße' })
  expect(message).toMatchObject({ from: 'no-reply@countersign.test', code: 'K7PD29XWQM' })
  expect(message?.text).toBe('Your passcode:\n\nK7PD2-9XWQM\n\nIt works for 10 minutes – é.')
  expect(message?.html?.trim()).toBe(html)
})

test('every recipient has one, those in blind copy too', async () => {
  const { send, api } = await start()
  await send({ to: ['a@x.test', 'b@x.test'], bcc: 'c@x.test' })
  expect((await api.messages()).map((m) => m.to).sort()).toEqual(['a@x.test', 'b@x.test', 'c@x.test'])
})

test('a mail that comes again under its Message-ID is shown once, to each, and counted', async () => {
  const { send, api } = await start()
  await send({ messageId: '<one@portal.test>' })
  await send({ messageId: '<one@portal.test>', to: ['grace@northwind.test', 'ada@northwind.test'] })
  await send({ messageId: '<two@portal.test>' })
  expect((await api.messages()).map(({ to, arrivals }) => ({ to, arrivals }))).toEqual([
    { to: 'grace@northwind.test', arrivals: 1 },
    { to: 'ada@northwind.test', arrivals: 1 },
    { to: 'grace@northwind.test', arrivals: 2 },
  ])
})

test('messages come newest first and as many as wanted, and can be cleared', async () => {
  const { send, api } = await start()
  for (const subject of ['one', 'two', 'three']) await send({ subject })
  expect((await api.messages('?limit=2')).map((m) => m.subject)).toEqual(['three', 'two'])
  expect(await api.messages('?to=nobody@x.test')).toEqual([])
  expect((await api.get('/messages?channel=pigeon')).status).toBe(400)
  expect((await api.delete('/messages')).status).toBe(204)
  expect(await api.messages()).toEqual([])
})

test('a mail server with an error says 451, so that the client tries again later', async () => {
  const { send, api } = await start()
  await api.put('/faults/mail', { mode: 'error' })
  await expect(send()).rejects.toMatchObject({ responseCode: 451 })
  await api.delete('/faults/mail')
  await send()
  expect(await api.messages()).toHaveLength(1)
})

test('a mail server that is down drops the connection', async () => {
  const { send, api } = await start()
  await api.put('/faults/mail', { mode: 'down' })
  await expect(send()).rejects.toMatchObject({
    code: expect.stringMatching(/ECONNECTION|ECONNRESET|ESOCKET/),
  })
  expect(await api.messages()).toEqual([])
})

test('a slow mail server delivers in the end', async () => {
  const { send, api } = await start(20)
  await api.put('/faults/mail', { mode: 'slow' })
  await send()
  expect(await api.messages()).toHaveLength(1)
})
