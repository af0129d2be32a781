import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { parameters } from '@countersign/core/policy/parameters'
import { hash } from '@node-rs/argon2'
import postgres from 'postgres'
import { codeAt } from '../../run/codes.ts'
import { chunks, password, poolSize, type Subject, userAgent } from '../subject.ts'

const hashOf = (token: string) => createHash('sha256').update(token).digest()
const json = { 'content-type': 'application/json', 'user-agent': userAgent }

const tables = `
  create table people (id uuid primary key, name text not null, email text not null unique,
    password_hash text not null, key bytea not null, last_step bigint not null default 0);
  create table attempts (id uuid primary key default uuidv7(), token_hash bytea not null unique,
    person_id uuid not null references people, tries int not null default 0,
    expires_at timestamptz not null, spent_at timestamptz);
  create table sessions (token_hash bytea primary key, person_id uuid not null references people,
    expires_at timestamptz not null)`

export const floor: Subject = {
  name: 'Floor',
  database: 'floor',
  server: new URL('./server.ts', import.meta.url).pathname,
  environment: (urls, port) => ({
    DATABASE_URL: urls.owner,
    DATABASE_POOL: String(poolSize),
    PORT: String(port),
  }),
  prepare: async (ownerUrl, amounts) => {
    const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
    const { memoryKib, passes, lanes } = parameters.password
    // Algorithm 2 is Argon2id; the library's enum cannot be read by type stripping.
    const cost = { algorithm: 2, memoryCost: memoryKib, timeCost: passes, parallelism: lanes }
    const passwordHash = await hash(password, cost)
    const expires = new Date(Date.now() + 12 * 3600_000)
    const people = Array.from({ length: amounts.verify + amounts.read + amounts.signIn }, (_, at) => ({
      id: randomUUID(),
      token: randomBytes(32).toString('base64url'),
      name: `Person ${at}`,
      email: `person-${at}@example.test`,
      key: randomBytes(20),
    }))
    const verifying = people.slice(0, amounts.verify)
    const reading = people.slice(amounts.verify, amounts.verify + amounts.read)
    const owned = (one: { id: string; token: string }) => ({
      token_hash: hashOf(one.token),
      person_id: one.id,
      expires_at: expires,
    })
    await sql.unsafe(tables)
    for (const part of chunks(people))
      await sql`insert into people ${sql(part.map(({ token: _, ...one }) => ({ ...one, password_hash: passwordHash })))}`
    for (const part of chunks(verifying)) await sql`insert into attempts ${sql(part.map(owned))}`
    for (const part of chunks(reading)) await sql`insert into sessions ${sql(part.map(owned))}`
    await sql.end()
    return {
      verify: verifying.map((one) => (step) => ({
        method: 'POST',
        path: '/verify',
        headers: { ...json, cookie: `pre=${one.token}` },
        body: JSON.stringify({ code: codeAt(one.key, step) }),
      })),
      read: reading.map((one) => ({
        method: 'GET',
        path: '/session',
        headers: { 'user-agent': userAgent, cookie: `sid=${one.token}` },
      })),
      signIn: people.slice(-amounts.signIn).map(({ email }) => ({
        method: 'POST',
        path: '/sign-in',
        headers: json,
        body: JSON.stringify({ email, password }),
      })),
    }
  },
}
