import { randomUUID } from 'node:crypto'
import { pageSize, type Sort } from '@countersign/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DirectoryScope, listMembers } from '../db/stores/employees/directory.ts'
import { testDatabase } from '../testing/database.ts'

const { app, owner } = await testDatabase()
const now = new Date('2026-11-20T12:00:00Z')

const words = [
  'ines',
  'Inés',
  'müller',
  'MULLER',
  'person',
  'x',
  '%',
  '_',
  '\\',
  '山田',
  'ß',
  '0042',
] as const
const name = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(' '))
const people = fc.array(
  fc.record({ name, number: fc.option(fc.constantFrom('+14155550142', '+447700900104')) }),
  {
    minLength: 1,
    maxLength: 40,
  },
)

/** A company of these people; nobody else's are found in it. */
const build = async (of: { name: string; number: string | null }[]): Promise<string> => {
  const companyId = randomUUID()
  await owner`insert into companies ${owner([{ id: companyId, name: 'Company', createdAt: now }])}`
  const rows = of.map((one) => ({ ...one, id: randomUUID() }))
  await owner`insert into persons ${owner(
    rows.map((one) => ({
      id: one.id,
      name: one.name,
      email: `${one.id.slice(0, 6)}@x.test`,
      createdAt: now,
    })),
  )}`
  await owner`insert into memberships ${owner(
    rows.map((one) => ({
      companyId,
      personId: one.id,
      mobileNumber: one.number,
      joinedAt: now,
      createdAt: now,
    })),
  )}`
  return companyId
}

/** Every page after the other, forwards. */
const walkAll = async (scope: DirectoryScope, sort: Sort, limit: number): Promise<string[]> => {
  const found: string[] = []
  let from = null
  for (;;) {
    const rows = await listMembers(app, scope, { sort, up: true, from, limit })
    found.push(...rows.map((row) => row.personId))
    const last = rows.at(-1)
    if (!last || rows.length < limit) return found
    from = { key: last.sortKey, id: last.personId }
  }
}

/** The same without index, page or pattern: each word is a part of what is searched. */
const plain = async (
  companyId: string,
  search: string,
  sort: 'sort_name' | 'sort_email',
): Promise<string[]> => {
  const rows = await owner<{ personId: string }[]>`
    select m.person_id from memberships m
    where m.company_id = ${companyId} and not exists (
      select 1 from unnest(${search.split(' ')}::text[]) as w (word) where strpos(m.search, folded(word)) = 0)
    order by m.${owner(sort)}, m.person_id`
  return rows.map((row) => row.personId)
}

test('a search finds, page by page and in order, exactly what the plain query finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      people,
      fc.array(fc.constantFrom(...words.filter((word) => !/^\d/.test(word))), { minLength: 1, maxLength: 2 }),
      fc.constantFrom(1, 3, pageSize),
      async (of, searched, limit) => {
        const companyId = await build(of)
        const search = searched.join(' ')
        const scope = { companyId, filter: { search }, now, recovery: [] }
        expect(await walkAll(scope, 'name', limit)).toEqual(await plain(companyId, search, 'sort_name'))
        expect(await walkAll(scope, 'email', limit)).toEqual(await plain(companyId, search, 'sort_email'))
      },
    ),
    { numRuns: 40 },
  )
})

test('a name whose letters fold into thousands is kept and found', async () => {
  const companyId = await build([
    { name: '\uFDFA'.repeat(120), number: null },
    {
      name: Array.from({ length: 120 }, (_, n) => String.fromCodePoint(0xac00 + n * 91)).join(''),
      number: null,
    },
  ])
  const scope = { companyId, filter: { search: '가' }, now, recovery: [] }
  expect(await walkAll(scope, 'name', 50)).toHaveLength(1)
})
