import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { hearClock, portalNow } from './clock.ts'
import { readOffset } from './vault.ts'

const truth = Date.parse('2026-11-22T09:00:07.000Z')
afterEach(() => vi.useRealTimers())

test.each([
  ['15 seconds slow', -15_000],
  ['15 seconds fast', 15_000],
  ['60 seconds slow', -60_000],
  ['60 seconds fast', 60_000],
])('a device whose clock is %s shows the portal’s token once it has heard its time', async (_name, off) => {
  vi.useFakeTimers({ now: truth + off, toFake: ['Date'] })
  hearClock(new Date(truth).toISOString())
  expect(Math.floor(portalNow() / 20_000)).toBe(Math.floor(truth / 20_000))
  expect(portalNow()).toBe(truth)
})

test('what it heard is still known after the app was shut, and nonsense changes nothing', async () => {
  vi.useFakeTimers({ now: truth - 60_000, toFake: ['Date'] })
  hearClock(new Date(truth).toISOString())
  hearClock('half past nine')
  // Reads wait for the write before them.
  expect(await readOffset()).toBe(60_000)
  vi.resetModules()
  const anew = await import('./clock.ts')
  expect(anew.portalNow()).toBe(truth - 60_000)
  await anew.loadClock()
  expect(anew.portalNow()).toBe(truth)
})
