import { randomUUID } from 'node:crypto'
import type { Db } from '../db/connect.ts'
import { secretBinding } from '../duo/keys.ts'
import type { DuoKeys } from '../gateways/duo/duo.ts'
import { credentialBinding } from '../sign-in/context.ts'
import type { Seeder } from './seed.ts'

/** A demo company that uses Duo, with these people bound to it. */
export const seedDuo = async (
  db: Db,
  seeder: Seeder,
  demo: { company: string; people: string[]; keys: DuoKeys },
) => {
  const now = seeder.clock.now()
  const [company] = await db<{ id: string }[]>`select id from companies where name = ${demo.company}`
  if (!company) throw new Error(`No company ${demo.company}`)
  const id = randomUUID()
  const { integrationKey, secretKey, apiHost } = demo.keys
  const secret = seeder.seal.close(secretKey, secretBinding({ id, companyId: company.id }))
  await db`
    insert into duo_settings (id, company_id, integration_key, secret, api_host, tested_at, set_up_at)
    values (${id}, ${company.id}, ${integrationKey}, ${secret}, ${apiHost}, ${now}, ${now})`
  const people = await db<{ id: string; email: string }[]>`
    select id, email from persons where email = any(${demo.people}::text[])`
  const rows = people.map((person) => {
    const authenticatorId = randomUUID()
    const binding = credentialBinding({ authenticatorId, personId: person.id })
    return {
      id: authenticatorId,
      personId: person.id,
      companyId: company.id,
      factor: 'duo' as const,
      name: 'Duo',
      credential: seeder.seal.close({ username: person.email }, binding),
      createdAt: now,
      addedAt: now,
    }
  })
  await db`insert into authenticators ${db(rows)}`
}
