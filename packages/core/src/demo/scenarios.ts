import { createHmac } from 'node:crypto'
import { appUri, demoApp } from '../factors/totp/demo.ts'
import { seedApplications } from './applications.ts'
import { type DemoPerson, demoPassword, demoPeople, manyPeople, northwind } from './people.ts'
import { type Seeder, seed, type World, wipe } from './seed.ts'
import { seedDuo } from './seed-duo.ts'

/** Named states of the demo data, for QA; each starts from the plain table of people. */
const scenarios = {
  fresh: () => ({ people: demoPeople }),
  'all-mobile': () => ({
    people: withNumbers({ 'linus@northwind.test': '+14155550104', 'edsger@northwind.test': '+14155550106' }),
    apps: ['ada@northwind.test'],
  }),
  enrolled: () => ({ people: demoPeople, apps: demoPeople.map((one) => one.email) }),
  required: () => ({ people: demoPeople, apps: demoPeople.map((one) => one.email), required: [northwind] }),
  duo: () => ({
    people: demoPeople,
    apps: ['ada@northwind.test', 'wes@both.test'],
    duo: { company: northwind, people: onlyIn(northwind) },
  }),
  large: () => {
    const people = [...demoPeople, ...manyPeople(5000)]
    return { people, apps: people.map((one) => one.email) }
  },
} satisfies Record<string, () => World>

export type ScenarioName = keyof typeof scenarios

export const isScenario = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name)

/** Duo never applies to people of several companies. */
const onlyIn = (company: string): string[] =>
  demoPeople.filter((one) => one.companies.join() === company).map((one) => one.email)

const withNumbers = (numbers: Record<string, string>): DemoPerson[] =>
  demoPeople.map((one) => ({ ...one, mobileNumber: numbers[one.email] ?? one.mobileNumber }))

/** The key of a demo person's app: always the same on one installation, so that QA may ask for it at any time. */
const demoSecret = (seeder: Seeder, email: string): Buffer =>
  createHmac('sha1', seeder.keyedHash('demo-app', email.toLowerCase())).update('app').digest()

/** Puts the database into a named state, all at once. @returns who is set up at Duo from the start */
export const playScenario = async (seeder: Seeder, name: ScenarioName): Promise<{ duoUsers: string[] }> => {
  const world: World = scenarios[name]()
  const keys = world.duo ? await seeder.duoKeys?.() : null
  if (world.duo && !keys) throw new Error('This scenario needs the sandbox’s Duo.')
  const hash = await seeder.passwords.hash(demoPassword)
  await seeder.owner.begin(async (tx) => {
    await wipe(tx)
    await seed(tx, seeder, world, hash, (email) => demoApp(demoSecret(seeder, email)))
    if (seeder.applications) await seedApplications(tx, seeder.applications, seeder.clock.now())
    if (world.duo && keys) await seedDuo(tx, seeder, { ...world.duo, keys })
  })
  return { duoUsers: world.duo?.people ?? [] }
}

/** Keys of the authenticator apps a scenario made for this person. */
export const demoAuthenticators = async (seeder: Seeder, email: string) => {
  const rows = await seeder.owner<{ id: string; name: string; email: string }[]>`
    select a.id, a.name, p.email from authenticators a join persons p on p.id = a.person_id
    where lower(p.email) = lower(${email}) and a.name = 'Demo app' and a.removed_at is null and a.credential is not null`
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    ...appUri(demoSecret(seeder, row.email), row.email),
  }))
}

/** True before the first scenario was played on this database. */
export const isEmpty = async (seeder: Pick<Seeder, 'owner'>): Promise<boolean> => {
  const [row] = await seeder.owner`select 1 from persons limit 1`
  return !row
}
