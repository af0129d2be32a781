import { days } from '@countersign/core/clock'
import { cleanUp } from '@countersign/core/jobs/clean-up'
import { parameters } from '@countersign/core/policy/parameters'
import { beforeEach, describe, expect, test } from 'vitest'
import { browser, testPortal } from '../testing/portal.ts'
import { authorize, backup, enter, newVerifier } from '../testing/relying-party.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
})

const count = async (table: string): Promise<number> => {
  const [row] = await portal.owner<
    { count: number }[]
  >`select count(*)::int as count from ${portal.owner(table)}`
  return row?.count ?? 0
}

describe('retention', () => {
  test('what a sign-in leaves behind goes when its time is over, and not before', async () => {
    await signedIn(portal, 'grace@northwind.test', browser(portal))
    expect([await count('sign_in_attempts'), await count('challenges'), await count('sessions')]).toEqual([
      1, 1, 1,
    ])

    await cleanUp(portal.deps)
    expect([await count('sign_in_attempts'), await count('challenges'), await count('sessions')]).toEqual([
      1, 1, 1,
    ])

    portal.clock.moveTo(parameters.retention.attempts + parameters.attempt.life + 1000)
    await cleanUp(portal.deps)
    expect([await count('sign_in_attempts'), await count('challenges'), await count('sessions')]).toEqual([
      0, 0, 1,
    ])

    portal.clock.moveTo(parameters.retention.sessions + parameters.session.life + 1000)
    await cleanUp(portal.deps)
    expect(await count('sessions')).toBe(0)
  })

  test('what applications held goes with its time, and that the session was there goes with the session', async () => {
    const web = await signedIn(portal, 'grace@northwind.test', browser(portal))
    await enter(portal, web, backup)
    await authorize(browser(portal), backup, newVerifier())
    const left = async () => [await count('oidc_records'), await count('session_applications')]
    expect(await left()).toEqual([3, 1])
    await cleanUp(portal.deps)
    expect(await left()).toEqual([3, 1])
    portal.clock.moveTo(parameters.retention.attempts + parameters.tokens.interaction + 1000)
    await cleanUp(portal.deps)
    expect(await left()).toEqual([0, 1])
    portal.clock.moveTo(parameters.retention.sessions + parameters.session.life + 1000)
    await cleanUp(portal.deps)
    expect(await left()).toEqual([0, 0])
    expect(await count('signing_keys')).toBe(2)
  })

  test('a mail that is still owed stays, however old; the audit and the factors stay too', async () => {
    const web = await signedIn(portal, 'grace@northwind.test', browser(portal))
    await web.patch('/api/account/profile', { name: 'Grace L.' })
    expect(await count('mails')).toBe(1)
    const before = [await count('mails'), await count('audit_events'), await count('authenticators')]
    portal.clock.moveTo(days(399))
    await cleanUp(portal.deps)
    expect([await count('mails'), await count('audit_events'), await count('authenticators')]).toEqual(before)
  })
})
