import { type StatusKind, statuses } from '@countersign/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countMembers, listMembers } from '../db/stores/employees/directory.ts'
import { wipe } from '../demo/seed.ts'
import { testDatabase } from '../testing/database.ts'
import { recoveryFactors, viewMembers } from './view.ts'

const { app, owner } = await testDatabase()
const now = new Date('2026-11-20T12:00:00Z')
const ago = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(-30, -15, -14, -13.999, -1, 0, 1, 30) },
)
const at = (daysAway: number) => new Date(now.getTime() + daysAway * 24 * 60 * 60 * 1000)

const company = fc.record({ requiredAt: ago, requiredFrom: ago, announcedAt: ago })
const membership = fc.record({
  company: fc.nat(2),
  added: fc.constantFrom(-60, -20, -14, -2, 0),
  joined: fc.boolean(),
  deactivated: fc.boolean(),
})
const factor = fc.record({
  name: fc.constantFrom('totp', 'phone', 'recovery-codes'),
  added: fc.boolean(),
  removed: fc.boolean(),
  locked: fc.boolean(),
})
const person = fc.record({
  memberships: fc.uniqueArray(membership, { selector: (one) => one.company, minLength: 1, maxLength: 3 }),
  factors: fc.array(factor, { maxLength: 3 }),
})
const world = fc.record({
  companies: fc.tuple(company, company, company),
  people: fc.array(person, { minLength: 1, maxLength: 12 }),
})
type World = typeof world extends fc.Arbitrary<infer W> ? W : never

const moment = (daysAway: number | null) => (daysAway === null ? null : at(daysAway))

/** Puts a world into the database; ids say who is who. */
const build = async ({ companies, people }: World): Promise<string[]> => {
  const made = await owner<{ id: string }[]>`
    insert into companies ${owner(
      companies.map((one, index) => ({
        name: `Company ${index}`,
        requiredAt: moment(one.requiredAt === null ? null : Math.min(one.requiredAt, 0)),
        requiredFrom: moment(one.requiredFrom),
        announcedAt: moment(one.announcedAt),
        createdAt: at(-90),
      })),
    )} returning id`
  const ids = made.map((one) => one.id)
  for (const [index, one] of people.entries()) {
    const [row] = await owner<{ id: string }[]>`
      insert into persons (name, email, created_at) values (${`P${index}`}, ${`p${index}@x.test`}, ${at(-90)}) returning id`
    const personId = row?.id ?? ''
    await owner`insert into memberships ${owner(
      one.memberships.map((member) => ({
        companyId: ids[member.company] ?? '',
        personId,
        createdAt: at(member.added),
        invitedAt: at(member.added),
        joinedAt: member.joined ? at(member.added) : null,
        deactivatedAt: member.deactivated ? now : null,
      })),
    )}`
    if (one.factors.length > 0)
      await owner`insert into authenticators ${owner(
        one.factors.map((held) => ({
          personId,
          factor: held.name,
          name: held.name,
          createdAt: at(-1),
          addedAt: held.added ? at(-1) : null,
          removedAt: held.removed ? now : null,
          lockedAt: held.locked ? now : null,
        })),
      )}`
  }
  return ids
}

/** What the judge says of everybody in a company, by person. */
const judged = async (companyId: string): Promise<Map<string, StatusKind>> => {
  const scope = { companyId, filter: {}, now, recovery: recoveryFactors }
  const members = await listMembers(app, scope, { sort: 'name', up: true, from: null, limit: 100 })
  const viewed = await viewMembers(app, companyId, members, now)
  return new Map(viewed.map(({ row }) => [row.id, row.status.kind]))
}

test('SQL narrows to exactly those whom statusOf gives the status, and counts them alike', async () => {
  const met = new Set<StatusKind>()
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      await owner.begin(wipe)
      for (const companyId of await build(given)) {
        const truth = await judged(companyId)
        const scope = { companyId, filter: {}, now, recovery: recoveryFactors }
        const counts = await countMembers(app, scope)
        expect(counts.all).toBe(truth.size)
        for (const status of statuses) {
          const wanted = [...truth].filter(([, kind]) => kind === status).map(([id]) => id)
          if (wanted.length > 0) met.add(status)
          const found = await listMembers(
            app,
            { ...scope, filter: { status } },
            { sort: 'status', up: true, from: null, limit: 100 },
          )
          expect(found.map((one) => one.personId).sort()).toEqual(wanted.sort())
          expect(counts[status]).toBe(wanted.length)
        }
      }
    }),
    { numRuns: 25 },
  )
  // A property that never met a status says nothing about it.
  expect([...met].sort()).toEqual([...statuses].sort())
}, 120_000)
