import { parameters } from '@countersign/core/policy/parameters'
import { hash, verify } from '@node-rs/argon2'
import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins'
import pg from 'pg'

const { memoryKib, passes, lanes } = parameters.password
// Algorithm 2 is Argon2id; the library's enum cannot be read by type stripping.
const cost = { algorithm: 2, memoryCost: memoryKib, timeCost: passes, parallelism: lanes }

/** Where its pages would lie. */
export const browserOrigin = 'https://bench.example'

/**
 * better-auth as its guide sets it up, with its two-factor plugin and PostgreSQL, at the same password cost.
 * Its own rate limit is off, because it would refuse what is measured; that is in its favour.
 */
export const createAuth = (databaseUrl: string, pool: number, secret: string, port: number) =>
  betterAuth({
    appName: 'Bench',
    baseURL: `http://127.0.0.1:${port}`,
    secret,
    database: new pg.Pool({ connectionString: databaseUrl, max: pool }),
    trustedOrigins: [browserOrigin],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      password: {
        hash: (password) => hash(password, cost),
        verify: ({ hash: stored, password }) => verify(stored, password),
      },
    },
    plugins: [twoFactor({ issuer: 'Bench', twoFactorCookieMaxAge: 3600 })],
  })
