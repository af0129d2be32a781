import { afterEach, expect, test, vi } from 'vitest'
import type { Account } from '../device/vault.ts'
import { readWaking, wakeWhenShut } from './wake-when-shut.ts'

const account = { deviceToken: 'token' } as Account
const subscription = { endpoint: 'https://push.test/1', keys: { p256dh: 'p', auth: 'a' } }

/** A browser whose push service answers as it is told to. */
const browser = (subscribe: () => Promise<unknown>, permission = 'granted') => {
  const registration = { pushManager: { subscribe, getSubscription: async () => null } }
  vi.stubGlobal('PushManager', class {})
  vi.stubGlobal('Notification', { permission, requestPermission: async () => permission })
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => registration } })
  const fetch = vi.fn(async () => new Response(null, { status: 204 }))
  vi.stubGlobal('fetch', fetch)
  return fetch
}
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a push service that never answers is given eight seconds, then said to be none', async () => {
  vi.useFakeTimers()
  const fetch = browser(() => new Promise(() => {}))
  const asked = wakeWhenShut([account], 'key')
  let answer: string | null = null
  void asked.then((said) => {
    answer = said
  })
  await vi.advanceTimersByTimeAsync(7_999)
  expect(answer).toBeNull()
  await vi.advanceTimersByTimeAsync(1)
  expect(await asked).toBe('no-service')
  expect(fetch).not.toHaveBeenCalled()
})

test('one that refuses is said to be none at once', async () => {
  browser(() => Promise.reject(new Error('AbortError')))
  expect(await wakeWhenShut([account], 'key')).toBe('no-service')
})

test('where notifications are refused nothing is asked of it', async () => {
  const subscribe = vi.fn()
  browser(subscribe, 'denied')
  expect(await wakeWhenShut([account], 'key')).toBe('refused')
  expect(await readWaking()).toBe('refused')
  expect(subscribe).not.toHaveBeenCalled()
})

test('one that answers is told to the portal for every account', async () => {
  const fetch = browser(async () => ({ toJSON: () => subscription }))
  expect(await wakeWhenShut([account, { ...account, deviceToken: 'other' }], 'key')).toBe('on')
  const sent = fetch.mock.calls.map((call) => (call as unknown as [string, RequestInit])[1])
  expect(sent.map((init) => new Headers(init.headers).get('authorization'))).toEqual([
    'Bearer token',
    'Bearer other',
  ])
  expect(JSON.parse(String(sent[0]?.body))).toEqual(subscription)
})
