import { afterAll, expect, test, vi } from 'vitest'
import { testPortal } from '../testing/portal.ts'
import { restartingDatabase } from '../testing/restarting-database.ts'
import { appCode, brokenLinks, challenged, enrolled, grace, later } from '../testing/steps.ts'

const { database, crash, comeBack, remove } = await restartingDatabase({ durable: true })
const portal = await testPortal({ database })
portal.deps.log.error = () => {}

afterAll(async () => {
  await Promise.all([portal.deps.sql.end({ timeout: 1 }), portal.owner.end({ timeout: 1 })])
  await remove()
})

const counted = async () => {
  const [row] = await portal.owner`
    select g.window_count, g.day_count, a.consecutive_failures,
      (select tries from challenges where authenticator_id = a.id order by created_at desc limit 1) as tries
    from persons p join guards g on g.person_id = p.id
    join authenticators a on a.person_id = p.id and a.factor = 'totp' and a.added_at is not null
    where p.email = ${grace.email}`
  return row
}

const crashAndComeBack = async () => {
  await crash()
  await comeBack()
  await vi.waitFor(async () => expect((await portal.app.request('/healthz')).status).toBe(200), 30_000)
}

test('the database crashes right after an answer: what was answered is there, and guesses stay counted', async () => {
  await portal.play('fresh')
  const { key } = await enrolled(portal, grace)
  later(portal, 60)
  const { web, verify } = await challenged(portal, grace)
  const wrong = appCode(portal, key) === '000000' ? '111111' : '000000'
  for (const guess of [1, 2, 3]) {
    expect((await web.post(verify, { code: wrong })).body).toMatchObject({
      code: 'wrong-code',
      triesLeft: 5 - guess,
    })
    await crashAndComeBack()
    expect(await counted()).toMatchObject({
      windowCount: guess,
      dayCount: guess,
      consecutiveFailures: guess,
      tries: guess,
    })
  }

  const code = appCode(portal, key)
  expect((await web.post(verify, { code })).body).toEqual({ outcome: 'signed-in' })
  await crashAndComeBack()
  expect((await web.get('/api/session')).body).toMatchObject({ aal: 2 })
  const again = await challenged(portal, grace)
  expect((await again.web.post(again.verify, { code })).body).toMatchObject({ code: 'code-used' })
  expect(await brokenLinks(portal)).toEqual([])
}, 180_000)
