import { readFileSync } from 'node:fs'
import { newSecret, signatures } from '@countersign/core/webhooks/secrets'
import { topicOf } from '@countersign/core/webhooks/topics'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'

const text = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8')
const snippet = /```js\n(.*?)```/s.exec(text)?.[1] ?? ''

type IsGenuine = (secret: string, headers: Record<string, string>, body: string) => boolean

const load = async (): Promise<IsGenuine> => {
  const { isGenuine } = await import(`data:text/javascript,${encodeURIComponent(snippet)}`)
  return isGenuine
}

const signed = (secret: string, at: Date, body = '{"type":"sign-in.finished"}') => {
  const id = 'evt_1'
  const timestamp = Math.floor(at.getTime() / 1000)
  const secrets = { current: secret, previous: { secret: newSecret(), until: '2100-01-01T00:00:00Z' } }
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures(secrets, { id, timestamp, body }, at),
  }
  return { headers, body }
}

describe('docs/webhooks.md', () => {
  test('lists each event under its topic, and no others', () => {
    const listed = [...text.matchAll(/^\| `([\w-]+)`\s*\| (`.*`)\s*\|$/gm)].flatMap(
      ([, topic, events = '']) => [...events.matchAll(/`([^`]+)`/g)].map(([, event]) => [event, topic]),
    )
    expect(Object.fromEntries(listed)).toEqual(topicOf)
  })

  test('its check is ten lines, and takes what the library takes', async () => {
    const body = snippet.slice(snippet.indexOf('{\n') + 2, snippet.lastIndexOf('\n}'))
    expect(body.split('\n').length).toBeLessThanOrEqual(10)
    const isGenuine = await load()
    const secret = newSecret()
    const message = signed(secret, new Date())
    expect(isGenuine(secret, message.headers, message.body)).toBe(true)
    expect(new Webhook(secret).verify(message.body, message.headers)).toEqual(JSON.parse(message.body))
  })

  test.each([
    ['another body', (m: ReturnType<typeof signed>) => ({ ...m, body: `${m.body} ` })],
    [
      'another id',
      (m: ReturnType<typeof signed>) => ({ ...m, headers: { ...m.headers, 'webhook-id': 'evt_2' } }),
    ],
    [
      'another time',
      (m: ReturnType<typeof signed>) => ({
        ...m,
        headers: { ...m.headers, 'webhook-timestamp': String(Number(m.headers['webhook-timestamp']) + 1) },
      }),
    ],
    [
      'a time that is none',
      (m: ReturnType<typeof signed>) => ({ ...m, headers: { ...m.headers, 'webhook-timestamp': 'soon' } }),
    ],
    ['no headers at all', (m: ReturnType<typeof signed>) => ({ ...m, headers: {} as never })],
  ])('A-73 its check refuses %s', async (_name, forge) => {
    const isGenuine = await load()
    const secret = newSecret()
    const { headers, body } = forge(signed(secret, new Date()))
    expect(isGenuine(secret, headers, body)).toBe(false)
    expect(() => new Webhook(secret).verify(body, headers)).toThrow()
  })

  test('A-73 its check refuses a message that is replayed an hour later, and another secret', async () => {
    const isGenuine = await load()
    const secret = newSecret()
    const old = signed(secret, new Date(Date.now() - 3_600_000))
    expect(isGenuine(secret, old.headers, old.body)).toBe(false)
    const fresh = signed(secret, new Date())
    expect(isGenuine(newSecret(), fresh.headers, fresh.body)).toBe(false)
  })
})
