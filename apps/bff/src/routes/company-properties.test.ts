import { days } from '@countersign/core/clock'
import { demoPassword } from '@countersign/core/demo/people'
import { tick } from '@countersign/core/jobs/tasks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const name = 'Northwind IT'
const grace = { email: 'grace@northwind.test', password: demoPassword }

/** One run's world: Ada with her app, Grace with what she happens to hold, and every browser she ever used. */
type World = { ada: Browser; graces: Browser[]; moved: number }

const usableFactors = async () => {
  const [row] = await portal.owner`
    select count(*)::int as count from authenticators a join persons p on p.id = a.person_id
    where p.email = ${grace.email} and a.added_at is not null and a.removed_at is null and a.locked_at is null
      and a.factor in ('totp', 'phone')`
  return row?.count as number
}
const companyRow = async () => {
  const [row] = await portal.owner`select required_at, required_from from companies where name = ${name}`
  return row as { requiredAt: Date | null; requiredFrom: Date | null }
}

/** What people and time may do, in any order and at the same moment; refusals are fine, wrong states are not. */
const commands = {
  enable: ({ ada }: World) => ada.post('/api/company/requirement', { companyName: name }),
  yes: ({ ada }: World) => ada.post('/api/company/requirement/numbers'),
  announce: ({ ada }: World) => {
    const from = new Date(portal.clock.now().getTime() + days(1)).toISOString()
    return ada.put('/api/company/announcement', { from })
  },
  withdraw: ({ ada }: World) => ada.delete('/api/company/announcement'),
  undo: () =>
    portal.deps.sql`update companies set required_at = null, required_from = null`.catch(() => 'refused'),
  tick: () => tick(portal.deps),
  remind: async ({ graces }: World) => {
    const web = browser(portal)
    graces.push(web)
    await web.post('/api/sign-in', grace)
    await web.post('/api/sign-in/remind-later')
  },
  enrol: async ({ graces }: World) => {
    const web = browser(portal)
    graces.push(web)
    await web.post('/api/sign-in', grace)
    const asked = await web.post('/api/challenges/enrolments', { factor: 'phone' })
    const verify = `/api/challenges/${asked.body.id}/verify`
    await web.post(verify, { phone: '+14155550102' })
    const enrolled = await web.post(verify, { code: portal.phones.codeFor('+14155550102') })
    if (enrolled.body.next) await web.post(`/api/challenges/${enrolled.body.next.id}/verify`, { saved: true })
  },
  remove: async ({ graces }: World) => {
    for (const web of graces) {
      const { body } = await web.get('/api/account/security')
      for (const one of body.authenticators ?? []) await web.delete(`/api/account/authenticators/${one.id}`)
    }
  },
} satisfies Record<string, (world: World) => unknown>

type Command = keyof typeof commands
const command = fc.constantFrom(...(Object.keys(commands) as Command[]))

/** Two days go by, as the sandbox lets them: the clock moves and what is due is done. */
const pass = async (world: World) => {
  world.moved += days(2)
  portal.clock.moveTo(world.moved)
  await tick(portal.deps)
}

test('invariants 3 and 15: whatever the order, required stays, and nobody without a factor has a session', async () => {
  const steps = fc.array(fc.oneof({ weight: 6, arbitrary: fc.tuple(command, command) }, fc.constant(null)), {
    minLength: 3,
    maxLength: 7,
  })
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      portal.clock.moveTo(0)
      await portal.play('enrolled')
      await portal.owner`update memberships set mobile_number = '+14155550111' where mobile_number is null
        or mobile_number = '+14155550150'`
      const world: World = {
        ada: await signedIn(portal, 'ada@northwind.test'),
        graces: [await signedIn(portal, grace.email)],
        moved: 0,
      }
      let required = false
      for (const step of sequence) {
        if (step === null) await pass(world)
        else await Promise.all(step.map((one) => commands[one](world)))
        const row = await companyRow()
        const now = portal.clock.now()
        const inForce = row.requiredAt !== null || (row.requiredFrom !== null && row.requiredFrom <= now)
        if (required) expect(inForce).toBe(true)
        required = inForce
        if (!required || (await usableFactors()) > 0) continue
        for (const web of world.graces) expect((await web.get('/api/session')).status).toBe(401)
      }
    }),
    { numRuns: 12 },
  )
}, 120_000)
