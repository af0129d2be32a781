import { randomUUID } from 'node:crypto'
import { connect, type Sql } from '@countersign/core/db/connect'
import { secretBinding } from '@countersign/core/duo/keys'
import type { DuoKeys } from '@countersign/core/gateways/duo/duo'
import { createSeal, type Seal } from '@countersign/core/keys/seal'
import { hashToken } from '@countersign/core/keys/tokens'
import { credentialBinding } from '@countersign/core/sign-in/context'
import { insertPeople, makePeople, type Person } from '../subjects/portal/prepare.ts'
import { chunks, userAgent } from '../subjects/subject.ts'

type Where = { ownerUrl: string; sealingKeys: string; keys: DuoKeys }

/** The portal's own seal, from what it was started with. */
const sealOf = (sealingKeys: string): Seal => {
  const [id = '', key = ''] = sealingKeys.split(':')
  return createSeal([{ id, key: Buffer.from(key, 'base64') }])
}

/** People past their password: half are asked for the code of an app, half, of a company that uses Duo, for Duo. */
export const prepareDuo = async ({ ownerUrl, sealingKeys, keys }: Where, each: number) => {
  const sql = connect(ownerUrl, { max: 1 })
  const seal = sealOf(sealingKeys)
  const companies = { code: randomUUID(), duo: randomUUID() }
  const now = new Date()
  await sql`insert into companies ${sql(Object.values(companies).map((id) => ({ id, name: id, createdAt: now })))}`
  const settings = { id: randomUUID(), companyId: companies.duo }
  await sql`insert into duo_settings ${sql([
    {
      ...settings,
      integrationKey: keys.integrationKey,
      apiHost: keys.apiHost,
      secret: seal.close(keys.secretKey, secretBinding(settings)),
      testedAt: now,
      setUpAt: now,
    },
  ])}`
  // In turn of one company and of the other.
  const people = makePeople(each * 2, [companies.code, companies.duo])
  const byDuo = people.filter((one) => one.companyId === companies.duo)
  for (const part of chunks(people)) await insertPeople(sql, seal, part, 'none', now)
  for (const part of chunks(byDuo)) await bind(sql, seal, part)
  for (const part of chunks(people)) await insertAttempts(sql, part, companies.duo, now)
  await sql`vacuum analyze`
  await sql.end()
  return { code: people.filter((one) => one.companyId === companies.code), duo: byDuo }
}

const bind = async (sql: Sql, seal: Seal, people: Person[]) => {
  const rows = people.map(({ id, authenticatorId, email }) => [
    authenticatorId,
    seal.close({ username: email }, credentialBinding({ authenticatorId, personId: id })),
  ])
  await sql`
    update authenticators a set factor = 'duo', company_id = m.company_id, credential = bound.credential
    from (select * from unnest(${rows.map(([id]) => id ?? '')}::uuid[], ${rows.map(([, credential]) => credential ?? '')}::text[])
      as bound (id, credential)) bound, memberships m
    where a.id = bound.id and m.person_id = a.person_id`
}

const insertAttempts = async (sql: Sql, people: Person[], usesDuo: string, now: Date) => {
  const attempts = people.map((one) => ({
    id: one.attemptId,
    tokenHash: hashToken(one.token),
    personId: one.id,
    companyIds: [one.companyId],
    companyId: one.companyId,
    outcome: one.companyId === usesDuo ? 'duo' : 'challenge',
    reason: { rule: 'has-factor' },
    amr: ['pwd'],
    address: '10.0.0.1',
    userAgent,
    createdAt: now,
    expiresAt: new Date(now.getTime() + 3600_000),
  }))
  await sql`insert into sign_in_attempts ${sql(attempts)}`
}
