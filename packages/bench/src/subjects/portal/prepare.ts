import { randomBytes, randomUUID } from 'node:crypto'
import { connect, type Sql } from '@countersign/core/db/connect'
import { demoApp } from '@countersign/core/factors/totp/demo'
import { createPasswords } from '@countersign/core/keys/passwords'
import { createSeal, type Seal } from '@countersign/core/keys/seal'
import { hashToken, newToken } from '@countersign/core/keys/tokens'
import { credentialBinding, stateBinding } from '@countersign/core/sign-in/context'
import { codeAt } from '../../run/codes.ts'
import { type Amounts, chunks, type Prepared, password, userAgent } from '../subject.ts'

type World = { companies: number; keys: { sealing: Buffer; pepper: Buffer }; origin: string }
export type Person = ReturnType<typeof makePeople>[number]

export const makePeople = (count: number, companyIds: string[]) =>
  Array.from({ length: count }, (_, at) => ({
    at,
    id: randomUUID(),
    companyId: companyIds[at % companyIds.length] ?? '',
    authenticatorId: randomUUID(),
    attemptId: randomUUID(),
    challengeId: randomUUID(),
    token: newToken(),
    key: randomBytes(20),
    email: `person-${at}@example.test`,
  }))

/** People with an authenticator app each, spread over companies, in the tables as the portal would have left them. */
export const preparePortal = async (
  ownerUrl: string,
  amounts: Amounts,
  { companies, keys, origin }: World,
): Promise<Prepared> => {
  const sql = connect(ownerUrl, { max: 1 })
  const seal = createSeal([{ id: 'bench', key: keys.sealing }])
  const passwordHash = await createPasswords(keys.pepper).hash(password)
  const now = new Date()
  const companyIds = Array.from({ length: companies }, () => randomUUID())
  await sql`insert into companies ${sql(companyIds.map((id, at) => ({ id, name: `Company ${at}`, createdAt: now })))}`
  const people = makePeople(amounts.verify + amounts.read + amounts.signIn, companyIds)
  const verifying = people.slice(0, amounts.verify)
  const reading = people.slice(amounts.verify, amounts.verify + amounts.read)
  for (const part of chunks(people)) await insertPeople(sql, seal, part, passwordHash, now)
  for (const part of chunks(verifying)) await insertChallenges(sql, seal, part, now)
  for (const part of chunks(reading)) await insertSessions(sql, part, now)
  await sql.end()
  const headers = (one: Person) => ({
    'user-agent': userAgent,
    'x-forwarded-for': `10.${(one.at >> 16) & 255}.${(one.at >> 8) & 255}.${one.at & 255}`,
  })
  const json = { 'content-type': 'application/json', origin }
  return {
    verify: verifying.map((one) => (step) => ({
      method: 'POST',
      path: `/api/challenges/${one.challengeId}/verify`,
      headers: { ...headers(one), ...json, cookie: `__Host-pre=${one.token}` },
      body: JSON.stringify({ code: codeAt(one.key, step) }),
    })),
    read: reading.map((one) => ({
      method: 'GET',
      path: '/api/session',
      headers: { ...headers(one), cookie: `__Host-sid=${one.token}` },
    })),
    signIn: people.slice(-amounts.signIn).map((one) => ({
      method: 'POST',
      path: '/api/sign-in',
      headers: { ...headers(one), ...json },
      body: JSON.stringify({ email: one.email, password }),
    })),
  }
}

export const insertPeople = async (
  sql: Sql,
  seal: Seal,
  people: Person[],
  passwordHash: string,
  now: Date,
) => {
  const authenticators = people.map((one) => {
    const { factor, credential } = demoApp(one.key)
    const binding = credentialBinding({ authenticatorId: one.authenticatorId, personId: one.id })
    return {
      id: one.authenticatorId,
      personId: one.id,
      factor,
      name: 'App',
      credential: seal.close(credential, binding),
      createdAt: now,
      addedAt: now,
    }
  })
  await sql`insert into persons ${sql(
    people.map((one) => ({
      id: one.id,
      name: `Person ${one.at}`,
      email: one.email,
      passwordHash,
      createdAt: now,
    })),
  )}`
  await sql`insert into memberships ${sql(
    people.map((one) => ({ personId: one.id, companyId: one.companyId, joinedAt: now, createdAt: now })),
  )}`
  await sql`insert into guards ${sql(people.map((one) => ({ personId: one.id, windowAt: now, dayAt: now })))}`
  await sql`insert into authenticators ${sql(authenticators)}`
}

/** A sign-in each that has passed the password and was asked for the app's code. */
const insertChallenges = async (sql: Sql, seal: Seal, people: Person[], now: Date) => {
  const expiresAt = new Date(now.getTime() + 3600_000)
  const attempts = people.map((one) => ({
    id: one.attemptId,
    tokenHash: hashToken(one.token),
    personId: one.id,
    companyIds: [one.companyId],
    companyId: one.companyId,
    outcome: 'challenge',
    reason: { rule: 'has-factor' },
    amr: ['pwd'],
    address: '10.0.0.1',
    userAgent,
    createdAt: now,
    expiresAt,
  }))
  const challenges = people.map((one) => ({
    id: one.challengeId,
    purpose: 'sign-in',
    personId: one.id,
    attemptId: one.attemptId,
    authenticatorId: one.authenticatorId,
    factor: 'totp',
    state: seal.close({ secret: null }, stateBinding({ id: one.challengeId, personId: one.id })),
    createdAt: now,
    expiresAt,
  }))
  await sql`insert into sign_in_attempts ${sql(attempts)}`
  await sql`insert into challenges ${sql(challenges)}`
}

const insertSessions = async (sql: Sql, people: Person[], now: Date) => {
  const sessions = people.map((one) => ({
    tokenHash: hashToken(one.token),
    personId: one.id,
    name: `Person ${one.at}`,
    email: one.email,
    companyId: one.companyId,
    companyName: 'Company',
    role: 'employee',
    accountType: 'employee',
    companies: 1,
    aal: 2,
    amr: ['otp', 'pwd'],
    factorAt: now,
    authenticatorId: one.authenticatorId,
    address: '10.0.0.1',
    userAgent,
    idleSeconds: 1800,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + 12 * 3600_000),
  }))
  await sql`insert into sessions ${sql(sessions)}`
}
