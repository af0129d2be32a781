import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { appCode, beginEnrolment, brokenLinks, grace, later } from '../testing/steps.ts'

const portal = await testPortal()

/** What must be true of one person, whatever was done in whatever order. */
type Model = {
  password: string
  /** Keys of usable apps, by authenticator id. */
  apps: Map<string, string>
  required: boolean
}
type Real = { browsers: [Browser, Browser]; passwords: string[] }
type Step = fc.AsyncCommand<Model, Real>

const which = fc.constantFrom(0 as const, 1 as const)
const step = (name: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  check: () => true,
  toString: () => name,
  run: async (model, real) => {
    await run(model, real)
    await invariants(model, real)
  },
})

const idOf = async (key: string, before: Set<string>) => {
  const rows = await portal.owner<{ id: string }[]>`
    select a.id from authenticators a join persons p on p.id = a.person_id
    where p.email = ${grace.email} and a.factor = 'totp' and a.added_at is not null and a.removed_at is null`
  return rows.map((row) => row.id).find((id) => !before.has(id)) ?? key
}

/** Invariants 2, 3, 8, 12, 13 and 18, read from the database and from the answers. */
const invariants = async (model: Model, real: Real) => {
  const held = await portal.owner<{ id: string }[]>`
    select a.id from authenticators a join persons p on p.id = a.person_id
    where p.email = ${grace.email} and a.factor = 'totp' and a.added_at is not null and a.removed_at is null`
  expect(new Set(held.map((row) => row.id))).toEqual(new Set(model.apps.keys()))
  const resting = await portal.owner`
    select s.id from sessions s join authenticators a on a.id = s.authenticator_id
    where s.ended_at is null and a.removed_at is not null`
  expect(resting).toEqual([])
  const unproven = await portal.owner`
    select s.id from sessions s join sign_in_attempts a on a.id = s.attempt_id
    where a.finished_at is null or (s.aal = 2 and s.factor_at is null)`
  expect(unproven).toEqual([])
  for (const web of real.browsers) {
    const session = await web.get('/api/session')
    if (session.status !== 200) continue
    if (model.required && session.body.aal === 1) expect(model.apps.size).toBeGreaterThan(0)
    if (session.body.aal === 2) expect(model.apps.size).toBeGreaterThan(0)
  }
}

const signIn = (n: 0 | 1, right: boolean) =>
  step(`sign in ${n}${right ? '' : ' with a wrong code'}`, async (model, { browsers }) => {
    later(portal, 61)
    const web = browsers[n]
    const begun = await web.post('/api/sign-in', { email: grace.email, password: model.password })
    if (begun.status === 429) return
    expect(begun.status).toBe(200)
    expect((await web.get('/api/session')).status).toBe(begun.body.done ? 200 : 401)
    if (model.apps.size === 0)
      return void expect(begun.body.done || begun.body.signIn.step.kind === 'enrol').toBe(true)
    const way = begun.body.signIn.step.ways.find((one: { factor: string }) => one.factor === 'totp')
    const opened = await web.post('/api/challenges', { authenticatorId: way.authenticatorId })
    const code = appCode(portal, model.apps.get(way.authenticatorId) ?? '', right ? 0 : 20)
    const verify = `/api/challenges/${opened.body.id}/verify`
    const answers = await Promise.all([web.post(verify, { code }), web.post(verify, { code })])
    const won = answers.filter((one) => one.body.outcome === 'signed-in').length
    expect(won).toBeLessThanOrEqual(right ? 1 : 0)
    expect((await web.get('/api/session')).status).toBe(won === 1 ? 200 : 401)
  })

const remind = (n: 0 | 1) =>
  step(`remind ${n}`, async (model, { browsers }) => {
    const answer = await browsers[n].post('/api/sign-in/remind-later')
    if (answer.status === 200) expect(model.required || model.apps.size > 0).toBe(false)
  })

const enrol = (n: 0 | 1) =>
  step(`enrol ${n}`, async (model, { browsers }) => {
    const web = browsers[n]
    const { asked, key, verify } = await beginEnrolment(web, 'totp')
    if (asked.status !== 201 || !key) return
    const before = new Set(model.apps.keys())
    const answers = await Promise.all([0, 1].map(() => web.post(verify, { code: appCode(portal, key) })))
    const done = answers.find((one) => ['enrolled', 'signed-in'].includes(one.body.outcome))
    if (!done) return
    model.apps.set(await idOf(key, before), key)
    if (done.body.next) await web.post(`/api/challenges/${done.body.next.id}/verify`, { saved: true })
  })

const remove = (n: 0 | 1) =>
  step(`remove ${n}`, async (model, { browsers }) => {
    const [id] = model.apps.keys()
    if (!id) return
    const answer = await browsers[n].delete(`/api/account/authenticators/${id}`)
    if (answer.status !== 204) return
    expect(model.required && model.apps.size === 1).toBe(false)
    model.apps.delete(id)
  })

const change = (n: 0 | 1) =>
  step(`new password ${n}`, async (model, real) => {
    const next = real.passwords.find((one) => one !== model.password) ?? ''
    const answer = await real.browsers[n].post('/api/account/password', { current: model.password, next })
    if (answer.status !== 204) return
    model.password = next
    expect((await real.browsers[n === 0 ? 1 : 0].get('/api/session')).status).toBe(401)
  })

const revoke = (n: 0 | 1) =>
  step(`sign out others ${n}`, async (_model, { browsers }) => {
    if ((await browsers[n].delete('/api/session/others')).status !== 200) return
    expect((await browsers[n === 0 ? 1 : 0].get('/api/session')).status).toBe(401)
  })

const require = step('require', async (model) => {
  await portal.owner`update companies set required_at = coalesce(required_at, ${portal.clock.now()})`
  model.required = true
})
const wait = step('wait', async () => later(portal, 6 * 60))

test('invariants 1 to 4, 8, 12, 13 hold under any order of sign-in, enrolment, removal, revocation and enforcement', async () => {
  const commands = fc.commands(
    [
      which.map((n) => signIn(n, true)),
      which.map((n) => signIn(n, true)),
      which.map((n) => signIn(n, false)),
      which.map(remind),
      which.map(enrol),
      which.map(enrol),
      which.map(remove),
      which.map(change),
      which.map(revoke),
      fc.constant(wait),
      fc.constant(require),
    ],
    { maxCommands: 14, size: 'max' },
  )
  const run = async (steps: Iterable<Step>) => {
    await portal.play('fresh')
    const model: Model = { password: grace.password, apps: new Map(), required: false }
    const real: Real = {
      browsers: [browser(portal), browser(portal, '203.0.113.9')],
      passwords: [grace.password, 'correct horse battery staple'],
    }
    await fc.asyncModelRun(() => ({ model, real }), steps)
    expect(await brokenLinks(portal)).toEqual([])
  }
  await fc.assert(fc.asyncProperty(commands, run), { numRuns: 25, interruptAfterTimeLimit: 90_000 })
}, 180_000)
