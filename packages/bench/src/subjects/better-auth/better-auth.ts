import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { parameters } from '@countersign/core/policy/parameters'
import { hash } from '@node-rs/argon2'
import { symmetricEncrypt } from 'better-auth/crypto'
import { getMigrations } from 'better-auth/db/migration'
import { codeAt } from '../../run/codes.ts'
import { type Amounts, password, poolSize, type Subject, userAgent } from '../subject.ts'
import { browserOrigin, createAuth } from './auth.ts'

const secret = randomBytes(32).toString('base64url')
const json = { origin: browserOrigin, 'content-type': 'application/json', 'user-agent': userAgent }

/** A cookie as its router signs it. */
const signed = (name: string, value: string, key: string) =>
  `${name}=${encodeURIComponent(`${value}.${createHmac('sha256', key).update(value).digest('base64')}`)}`

export const betterAuthSubject: Subject = {
  name: 'better-auth',
  database: 'better_auth',
  server: new URL('./server.ts', import.meta.url).pathname,
  environment: (urls, port) => ({
    NODE_ENV: 'production',
    DATABASE_URL: urls.owner,
    DATABASE_POOL: String(poolSize),
    AUTH_SECRET: secret,
    PORT: String(port),
  }),
  prepare: async (ownerUrl, amounts) => {
    const auth = createAuth(ownerUrl, poolSize, secret, 0)
    await (await getMigrations(auth.options)).runMigrations()
    const context = await auth.$context
    const { memoryKib, passes, lanes } = parameters.password
    const cost = { algorithm: 2, memoryCost: memoryKib, timeCost: passes, parallelism: lanes }
    const passwordHash = await hash(password, cost)
    const people = await inTurn(total(amounts), 8, (at) => enrol(context, at, passwordHash))
    const verifying = people.slice(0, amounts.verify)
    const reading = people.slice(amounts.verify, amounts.verify + amounts.read)
    const attempts = await inTurn(verifying.length, 8, (at) => begin(context, verifying[at]?.id ?? ''))
    const sessions = await inTurn(reading.length, 8, (at) =>
      context.internalAdapter.createSession(reading[at]?.id ?? '', false),
    )
    await auth.options.database.end()
    const pending = context.createAuthCookie('two_factor').name
    const session = context.authCookies.sessionToken.name
    return {
      verify: verifying.map((one, at) => (step) => ({
        method: 'POST',
        path: '/api/auth/two-factor/verify-totp',
        headers: { ...json, cookie: signed(pending, attempts[at] ?? '', context.secret) },
        body: JSON.stringify({ code: codeAt(Buffer.from(one.key), step) }),
      })),
      read: sessions.map(({ token }) => ({
        method: 'GET',
        path: '/api/auth/get-session',
        headers: { 'user-agent': userAgent, cookie: signed(session, token, context.secret) },
      })),
      signIn: people.slice(-amounts.signIn).map(({ email }) => ({
        method: 'POST',
        path: '/api/auth/sign-in/email',
        headers: json,
        body: JSON.stringify({ email, password }),
      })),
    }
  },
}

type Context = Awaited<ReturnType<typeof createAuth>['$context']>

const total = (amounts: Amounts) => amounts.verify + amounts.read + amounts.signIn

/** A user with a password and an authenticator app, by the library's own adapter. */
const enrol = async (context: Context, at: number, passwordHash: string) => {
  const now = new Date()
  const email = `person-${at}@example.test`
  const user = await context.internalAdapter.createUser(
    { name: `Person ${at}`, email, emailVerified: true, twoFactorEnabled: true },
    { method: 'email-password' },
  )
  await context.internalAdapter.createAccount({
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password: passwordHash,
    createdAt: now,
    updatedAt: now,
  })
  const key = randomBytes(24).toString('base64url')
  await context.adapter.create({
    model: 'twoFactor',
    data: {
      userId: user.id,
      secret: await symmetricEncrypt({ key: context.secretConfig, data: key }),
      backupCodes: await symmetricEncrypt({ key: context.secretConfig, data: '[]' }),
      verified: true,
    },
  })
  return { id: user.id, email, key }
}

/** What its sign-in leaves behind when a second factor is due. */
const begin = async (context: Context, userId: string): Promise<string> => {
  const identifier = `2fa-${randomUUID()}`
  const expiresAt = new Date(Date.now() + 3600_000)
  await context.internalAdapter.createVerificationValue({ value: userId, identifier, expiresAt })
  await context.internalAdapter.createVerificationValue({
    value: '0',
    identifier: `2fa-attempts-${identifier}`,
    expiresAt,
  })
  return identifier
}

/** Does `count` things, a few at a time. */
const inTurn = async <T>(count: number, width: number, work: (at: number) => Promise<T>): Promise<T[]> => {
  const done: T[] = []
  let next = 0
  const lane = async () => {
    for (let at = next++; at < count; at = next++) done[at] = await work(at)
  }
  await Promise.all(Array.from({ length: width }, lane))
  return done
}
