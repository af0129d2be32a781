import { securityKey } from '@countersign/core/testing/security-key'
import { beforeEach, describe, expect, test } from 'vitest'
import { askDuo, atTheDoor, comeBack, duoPortal, signedInByDuo, visitDuo } from '../testing/duo-portal.ts'
import { type Browser, browser, origin } from '../testing/portal.ts'
import { answerApp, signedIn } from '../testing/signed-in.ts'

const portal = await duoPortal()
const { sandbox, keys } = portal
const ada = 'ada@northwind.test'
const grace = 'grace@northwind.test'

beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
  await sandbox.reset()
})

const setUp = async () => {
  const web = await signedIn(portal, ada)
  const { tested } = (await web.post('/api/duo/test', keys)).body
  expect((await web.put('/api/duo', { ...keys, tested })).status).toBe(204)
}
const bypass = () => sandbox.ask('PUT', '/duo/policy', { bypass: true })
const require2fa = () =>
  portal.owner`update companies set required_at = ${portal.clock.now()} where name = 'Northwind IT'`
const events = (event: string) =>
  portal.owner<{ outcome: string; detail: Record<string, unknown> }[]>`
    select outcome, detail from audit_events where event = ${event} order by seq`
/** To Duo, which asks nothing, and back. */
const waved = async (web: Browser) => comeBack(web, await visitDuo(portal, web))

describe('somebody whose factor is a passkey, when Duo is due', () => {
  const withPasskey = async () => {
    const web = await signedIn(portal, grace)
    const own = securityKey(origin)
    const asked = await web.post('/api/challenges/enrolments', { factor: 'webauthn' })
    const credential = own.create(asked.body.prompt.options)
    expect((await web.post(`/api/challenges/${asked.body.id}/verify`, { credential })).status).toBe(200)
    await setUp()
    return own
  }

  test('passes the passkey as second factor, then Duo, and is in with both', async () => {
    const own = await withPasskey()
    const web = await atTheDoor(portal, grace)
    const { step } = (await web.get('/api/sign-in')).body
    const way = step.ways.find((one: { factor: string }) => one.factor === 'webauthn')
    const asked = await web.post('/api/challenges', { authenticatorId: way.authenticatorId })
    const credential = own.get(asked.body.prompt.options)
    const first = await web.post(`/api/challenges/${asked.body.id}/verify`, { credential })
    expect(first.body).toMatchObject({ outcome: 'step', signIn: { step: { kind: 'bind', factor: 'duo' } } })
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await waved(web)).body).toEqual({ outcome: 'signed-in' })
    const { aal, amr } = (await web.get('/api/session')).body
    expect([aal, ...amr.toSorted()]).toEqual([2, 'duo', 'hwk', 'pwd', 'user'])
  })

  test('the passkey alone, without the password, is not the whole sign-in either: Duo follows', async () => {
    const own = await withPasskey()
    const web = browser(portal)
    const { options } = (await web.post('/api/sign-in/passkey/options')).body
    const alone = await web.post('/api/sign-in/passkey', { credential: own.get(options) })
    expect(alone.body).toMatchObject({ done: false, signIn: { step: { kind: 'bind', factor: 'duo' } } })
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await waved(web)).body).toEqual({ outcome: 'signed-in' })
    expect((await web.get('/api/session')).body.amr).toContain('duo')
  })
})

describe('a bypass by Duo’s own policy', () => {
  const bound = async () => {
    await portal.play('duo')
    await bypass()
  }

  test('lets in on the password alone, where nobody requires more, and is on record as that', async () => {
    await bound()
    const web = await atTheDoor(portal, grace)
    expect((await waved(web)).body).toEqual({ outcome: 'signed-in' })
    expect((await web.get('/api/session')).body).toMatchObject({ aal: 1, amr: ['pwd'], factorAt: null })
    expect((await events('sign-in.factor')).at(-1)).toMatchObject({
      outcome: 'ok',
      detail: { duo: 'bypass' },
    })
  })

  test('is no fresh second factor for what is sensitive', async () => {
    await bound()
    const web = await atTheDoor(portal, ada)
    await waved(web)
    expect((await web.post('/api/duo/reset')).body.code).toBe('step-up-required')
    const held = (await web.get('/api/account/security')).body.authenticators.find(
      (one: { factor: string }) => one.factor === 'duo',
    )
    const asked = await web.post('/api/challenges', { authenticatorId: held.id })
    const back = new URL(asked.body.prompt.url)
    const answer = await fetch(back, { redirect: 'manual' })
    const callback = Object.fromEntries(new URL(answer.headers.get('location') ?? '', back).searchParams)
    expect((await comeBack(web, callback)).body.code).toBe('duo-bypassed')
    expect((await web.post('/api/duo/reset')).body.code).toBe('step-up-required')
    expect((await events('step-up')).at(-1)).toMatchObject({ outcome: 'failed', detail: { duo: 'bypass' } })
  })

  test('is refused where a company requires two factors: nothing elsewhere undoes that', async () => {
    await bound()
    await require2fa()
    const web = await atTheDoor(portal, grace)
    expect((await waved(web)).body.code).toBe('duo-bypassed')
    expect((await web.get('/api/session')).status).toBe(401)
    expect((await events('sign-in.factor')).at(-1)).toMatchObject({
      outcome: 'failed',
      detail: { duo: 'bypass', problem: 'duo-bypassed' },
    })
  })

  test('after a factor of their own lets in with that one, and binds nobody', async () => {
    await setUp()
    await require2fa()
    await bypass()
    const web = await atTheDoor(portal, grace)
    await answerApp(portal, grace, web)
    expect((await waved(web)).body).toEqual({ outcome: 'signed-in' })
    expect((await web.get('/api/session')).body).toMatchObject({ aal: 2, amr: ['otp', 'pwd'] })
    expect((await web.get('/api/account/security')).body.authenticators).toMatchObject([{ factor: 'totp' }])

    await sandbox.ask('PUT', '/duo/policy', { bypass: false })
    const later = await atTheDoor(portal, grace)
    await answerApp(portal, grace, later)
    expect((await askDuo(later)).body.prompt.kind).toBe('redirect')
  })

  test('does not take away what somebody asked by Duo has', async () => {
    await portal.play('duo')
    const web = await signedInByDuo(portal, grace)
    await bypass()
    expect((await web.get('/api/session')).body).toMatchObject({ aal: 2, amr: ['duo', 'pwd'] })
  })
})
