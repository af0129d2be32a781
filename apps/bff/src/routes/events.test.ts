import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { answer, inbox, type Phone, pairPhone } from '../testing/app.ts'
import { browser, origin, testPortal } from '../testing/portal.ts'

const portal = await testPortal()
const grace = { email: 'grace@northwind.test', password: demoPassword }
let phone: Phone

beforeEach(async () => {
  await portal.play('fresh')
  const web = browser(portal)
  await web.post('/api/sign-in', grace)
  phone = await pairPhone(portal, web)
})

/** One Server-Sent Events connection: its events in order, and a way to cut it. */
const stream = async (path: string, headers: Record<string, string>) => {
  const response = await portal.app.request(`${origin}${path}`, { headers })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<{ event: string; id: number }> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const fields = Object.fromEntries(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => line.split(': ', 2)),
        )
        text = text.slice(end + 2)
        return { event: fields.event, id: Number(fields.id) }
      }
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true }
      if (done) throw new Error('the stream ended')
      text += value
    }
  }
  return { response, next, cut: () => reader?.cancel() }
}

const cookies = (web: ReturnType<typeof browser>) => ({
  cookie: [...web.jar].map(([name, value]) => `${name}=${value}`).join('; '),
})

const ask = async () => {
  const web = browser(portal)
  const begun = await web.post('/api/sign-in', grace)
  const [way] = begun.body.signIn.step.ways
  const challenge = (await web.post('/api/challenges', { authenticatorId: way.authenticatorId })).body
  const look = () => web.post(`/api/challenges/${challenge.id}/verify`, { waiting: true })
  return { web, challenge, look }
}

describe('the device', () => {
  test('is woken by a request while its stream is open', async () => {
    const events = await stream('/api/authenticator/events', phone.headers)
    expect(events.response.headers.get('content-type')).toContain('text/event-stream')
    expect(await events.next()).toEqual({ event: 'wake', id: 1 })
    await ask()
    expect((await events.next()).event).toBe('wake')
    expect((await inbox(phone)).requests).toHaveLength(1)
    await events.cut()
  })

  test('that is unknown gets no stream', async () => {
    const { response } = await stream('/api/authenticator/events', { authorization: 'Bearer nobody' })
    expect(response.status).toBe(401)
  })

  test('has four streams at most; the oldest makes room', async () => {
    const all = []
    for (let n = 0; n < 5; n++) all.push(await stream('/api/authenticator/events', phone.headers))
    await all[0]?.next()
    await expect(all[0]?.next()).rejects.toThrow('ended')
    for (const one of all) await one.cut()
  })
})

describe('the browser that waits', () => {
  test('goes on when the device answers', async () => {
    const { web, challenge, look } = await ask()
    const events = await stream(`/api/challenges/${challenge.id}/events`, cookies(web))
    await events.next()
    await answer(phone, (await inbox(phone)).requests[0].id, 'approve', challenge.prompt.number)
    expect((await events.next()).event).toBe('wake')
    expect((await look()).body.outcome).toBe('signed-in')
    await events.cut()
  })

  test('loses nothing when its connection is cut while the device answers', async () => {
    const { web, challenge, look } = await ask()
    const first = await stream(`/api/challenges/${challenge.id}/events`, cookies(web))
    const { id } = await first.next()
    await first.cut()
    await answer(phone, (await inbox(phone)).requests[0].id, 'approve', challenge.prompt.number)
    const second = await stream(`/api/challenges/${challenge.id}/events`, {
      ...cookies(web),
      'last-event-id': String(id),
    })
    expect(await second.next()).toEqual({ event: 'wake', id: id + 1 })
    expect((await look()).body.outcome).toBe('signed-in')
    await second.cut()
  })

  test('gets a stream for a challenge of its own only', async () => {
    const { challenge } = await ask()
    const other = await ask()
    const { response } = await stream(`/api/challenges/${challenge.id}/events`, cookies(other.web))
    expect(response.status).toBe(410)
  })
})
