import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { movableClock } from '../clock.ts'
import { northwind } from '../demo/people.ts'
import { playScenario } from '../demo/scenarios.ts'
import type { Deps } from '../deps.ts'
import { createPasswords } from '../keys/passwords.ts'
import { createSeal } from '../keys/seal.ts'
import { createKeyedHash } from '../keys/tokens.ts'
import { credentialBinding } from '../sign-in/context.ts'
import { testDatabase } from '../testing/database.ts'
import { breakGlass } from './break-glass.ts'
import { createCompany } from './create-company.ts'
import { listCompanies } from './list-companies.ts'
import { reseal } from './reseal.ts'

const { app, owner } = await testDatabase()
const oldKey = { id: 'k1', key: randomBytes(32) }
const world = {
  sql: app,
  owner,
  clock: movableClock(),
  seal: createSeal([oldKey]),
  keyedHash: createKeyedHash(randomBytes(32)),
  passwords: createPasswords(randomBytes(32), { memoryKib: 1024, passes: 1, lanes: 1 }),
  origin: 'https://portal.test',
}
const deps = world as unknown as Deps
const admin = { email: 'kay@new.test', name: 'Kay McNulty' }

beforeEach(() => playScenario(world, 'enrolled'))

describe('creating a company', () => {
  test('invites its first Security Admin, with a link in hand', async () => {
    const { link } = await createCompany(deps, { name: 'New Ltd', admin })
    expect(link).toMatch(/^https:\/\/portal\.test\/invitation#[\w-]{43}$/)
    const [line] = (await listCompanies(app)).filter(({ name }) => name === 'New Ltd')
    expect(line).toMatchObject({ people: 1, secured: 0, usableAdmins: 0, requiredAt: null })
    const mails = await owner`select recipient from mails where template = 'invitation'`
    expect(mails).toMatchObject([{ recipient: admin.email }])
  })

  test('refuses a second one of the same name', async () => {
    await expect(createCompany(deps, { name: northwind.toUpperCase(), admin })).rejects.toThrow(/already/)
  })
})

describe('breaking the glass', () => {
  test('is refused while a Security Admin can act', async () => {
    await expect(breakGlass(deps, { company: northwind, admin })).rejects.toThrow(/working factor/)
    await expect(breakGlass(deps, { company: 'Nowhere', admin })).rejects.toThrow(/no company/)
  })

  test('starts somebody over: nothing of before lets them in, and everybody who must know is told', async () => {
    await owner`update authenticators set locked_at = now()
      where person_id = (select id from persons where email = 'ada@northwind.test')`
    const ada = { email: 'ada@northwind.test', name: 'Ada Moreau' }
    const { link } = await breakGlass(deps, { company: northwind, admin: ada })
    expect(link).toContain('/reset-password#')
    const [row] = await owner`
      select p.password_hash, m.role,
        (select count(*)::int from authenticators a where a.person_id = p.id and a.removed_at is null) as held
      from persons p join memberships m on m.person_id = p.id where p.email = ${ada.email}`
    expect(row).toEqual({ passwordHash: null, role: 'security_admin', held: 0 })
    expect(await owner`select 1 from audit_events where event = 'company.break-glass'`).toHaveLength(1)
    expect(await owner`select 1 from mail_batches where template = 'break-glass'`).toHaveLength(1)
  })
})

test('breaking the glass for somebody new invites them', async () => {
  await owner`update authenticators set locked_at = now()`
  const { link } = await breakGlass(deps, { company: northwind, admin })
  expect(link).toContain('/invitation#')
})

describe('sealing anew', () => {
  test('moves every lasting record to the new key, once, and none is lost', async () => {
    const seal = createSeal([{ id: 'k2', key: randomBytes(32) }, oldKey])
    const before = await owner`select count(*)::int as count from authenticators`
    expect(await reseal({ sql: app, seal })).toMatchObject({ authenticators: before[0]?.count })
    expect(await reseal({ sql: app, seal })).toMatchObject({ authenticators: 0 })
    for (const row of await owner`select id, person_id, credential from authenticators`) {
      expect(seal.isStale(row.credential)).toBe(false)
      const binding = credentialBinding({ authenticatorId: row.id, personId: row.personId })
      expect(seal.open(row.credential, binding)).toBeTruthy()
    }
  })
})
