import nodemailer from 'nodemailer'
import { expect, test } from 'vitest'
import type { pageState } from '../src/page/state.ts'
import { startSandbox } from './start.ts'

async function start() {
  const sandbox = await startSandbox()
  const transport = nodemailer.createTransport({ host: 'localhost', port: sandbox.ports.smtp })
  const get = (path: string) => fetch(sandbox.url + path)
  const send = (html: string) =>
    transport.sendMail({
      from: 'a@x.test',
      to: 'grace@northwind.test',
      subject: 'Hello',
      text: 'Hello',
      html,
    })
  const state = async (): Promise<ReturnType<typeof pageState>> =>
    JSON.parse(await (await get('/page/state')).text())
  return { ...sandbox, get, send, state }
}

test('every file the pages ask for is there', async () => {
  const { get } = await start()
  for (const page of ['/', '/scenarios']) {
    const html = await (await get(page)).text()
    const wanted = [...html.matchAll(/(?:src|href)="(\/page\/[^"#]+)/g)].map((match) => match[1] ?? '')
    expect(wanted).toContain('/page/main.js')
    for (const path of [
      ...wanted,
      '/page/text.woff2',
      '/page/code.woff2',
      '/page/phones.js',
      '/page/flags/CA.svg',
    ]) {
      expect((await get(path)).status, path).toBe(200)
    }
  }
  expect((await get('/page/..%2Fassets.ts')).status).toBe(404)
  expect((await get('/page/flags/constructor')).status).toBe(404)
})

test('the state has a phone for everybody of the demonstration, and says what kind it is', async () => {
  const { state } = await start()
  const { phones, mails, faults } = await state()
  const labels = Object.fromEntries(phones.map((p) => [p.number, p.label]))
  expect(labels).toMatchObject({
    '+14155550102': 'Grace, mobile',
    '+14155550150': 'Edsger, desk phone',
    '+16135550110': 'Marie, Canadian number',
  })
  expect(mails).toEqual([])
  expect(faults.sms).toBe('up')
})

test('a mail is shown as it is, in a document that can run and load nothing', async () => {
  const { get, send, state } = await start()
  await send('<p>Hello <a href="http://localhost:3000/x">there</a></p><script>alert(1)</script>')
  const { mails, mailCount } = await state()
  expect(mailCount).toBe(1)
  const answer = await get(`/page/mails/${mails[0]?.id}/html`)
  expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups .*default-src 'none'/)
  expect(await answer.text()).toContain('<a href="http://localhost:3000/x">there</a>')
  expect((await get('/page/mails/nonsense/html')).status).toBe(404)
})

test('an open page hears of a new message', async () => {
  const { get, send } = await start()
  const stream = (await get('/api/events')).body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await stream?.read())?.value).toContain('event: hello')
  await send('<p>Hello</p>')
  expect((await stream?.read())?.value).toContain('event: messages')
  await stream?.cancel()
})
