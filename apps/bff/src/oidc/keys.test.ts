import { rotateSigningKeys } from '@countersign/core/applications/signing-keys'
import { decodeProtectedHeader } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { testPortal } from '../testing/portal.ts'
import { backup, claimsIn, enter, jwksOf } from '../testing/relying-party.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(async () => {
  await portal.play('enrolled')
  await portal.owner`delete from signing_keys`
  portal.clock.moveTo(-60_000)
  await jwksOf(portal)
  portal.clock.moveTo(0)
})
const grace = 'grace@northwind.test'
const minutes = (count: number) => portal.clock.moveTo(count * 60_000)
const known = async (app = portal.app) => (await jwksOf({ app })).keys.map(({ kid }) => kid)

describe('O-14 signing keys', () => {
  test('are made once, however many servers start at once', async () => {
    await portal.owner`delete from signing_keys`
    const apps = Array.from({ length: 5 }, () => createApp(portal.deps, { trustedProxies: [] }))
    const seen = await Promise.all(apps.map((app) => known(app)))
    expect(new Set(seen.map((one) => one.join())).size).toBe(1)
    expect(await portal.owner`select 1 from signing_keys`).toHaveLength(2)
  })

  test('lie sealed: the database alone signs nothing', async () => {
    const rows = await portal.owner<{ jwk: string }[]>`select jwk from signing_keys`
    for (const { jwk } of rows) expect(jwk).toMatch(/^v1\.k1\./)
  })

  test('rotate: known at once, signing later, and the old ones until their tokens are over', async () => {
    const web = await signedIn(portal, grace)
    const kidOf = async () =>
      decodeProtectedHeader((await enter(portal, web, backup)).tokens.body.id_token).kid
    const old = await kidOf()
    const signsFrom = await rotateSigningKeys(portal.deps)
    expect(await portal.owner`select detail from audit_events where event = 'signing-keys.rotated'`).toEqual([
      { detail: { signsFrom: signsFrom.toISOString() } },
    ])
    minutes(1)
    expect(await known()).toHaveLength(4)
    expect(await kidOf()).toBe(old)
    minutes(6)
    const fresh = await kidOf()
    expect(fresh).not.toBe(old)
    expect(await known()).toContain(old)
    minutes(6 + 121)
    await portal.owner`update sessions set last_seen_at = ${portal.clock.now()}`
    await portal.queue.prepare()
    const { cleanUp } = await import('@countersign/core/jobs/clean-up')
    await cleanUp(portal.deps)
    minutes(6 + 122)
    expect(await known()).not.toContain(old)
    expect(await known()).toContain(fresh)
  })

  test('rotate under load, on two servers: every token verifies with the keys either of them publishes', async () => {
    const second = createApp(portal.deps, { trustedProxies: ['127.0.0.0/8'] })
    const web = await signedIn(portal, grace)
    const seen = new Set<string>()
    for (let minute = 0; minute < 12; minute++) {
      minutes(minute)
      if (minute === 2 || minute === 4) await rotateSigningKeys(portal.deps)
      const apps = [portal.app, second]
      const all = await Promise.all(
        Array.from({ length: 6 }, (_, n) => enter({ ...portal, app: apps[n % 2] ?? second }, web, backup)),
      )
      for (const [n, { tokens }] of all.entries()) {
        // As late and as foreign as a client may ask: after the exchange, the other server.
        await claimsIn({ app: apps[(n + 1) % 2] ?? second }, tokens.body.id_token, backup)
        seen.add(String(decodeProtectedHeader(tokens.body.id_token).kid))
      }
    }
    expect(seen.size).toBe(3)
  }, 30_000)
})
