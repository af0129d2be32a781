import { createHmac, randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { createPasswords } from './passwords.ts'

const cheap = { memoryKib: 1024, passes: 1, lanes: 1 }
const pepper = randomBytes(32)
const passwords = createPasswords(pepper, cheap)

describe('what is kept of a password', () => {
  test('method, cost, a salt of its own and a tag; nothing of the password', async () => {
    const [one, two] = await Promise.all([
      passwords.hash('plenty of paper'),
      passwords.hash('plenty of paper'),
    ])
    expect(one).toMatch(/^argon2id\$m=1024,t=1,p=1\$[\w-]{22}\$[\w-]{43}$/)
    expect(one).not.toBe(two)
  })

  test('the tag is Argon2id (RFC 9106) under the pepper, which is not in the database', async () => {
    const stored = await passwords.hash('plenty of paper')
    const [, , salt = '', tag] = stored.split('$')
    const raw = await hashRaw('plenty of paper', {
      algorithm: 2,
      memoryCost: 1024,
      timeCost: 1,
      parallelism: 1,
      outputLen: 32,
      salt: Buffer.from(salt, 'base64url'),
    })
    expect(createHmac('sha256', pepper).update(raw).digest('base64url')).toBe(tag)
    expect(await createPasswords(randomBytes(32), cheap).verify('plenty of paper', stored)).toBe(false)
  })

  test('the cost of the product is at or above the floor (OWASP: 19 MiB, 2 passes)', () => {
    expect(parameters.password.memoryKib).toBeGreaterThanOrEqual(19_456)
    expect(parameters.password.passes).toBeGreaterThanOrEqual(2)
  })
})

describe('verifying (NIST SP 800-63B §3.1.1.2)', () => {
  const long = 'x'.repeat(255)

  test.each([
    ['itself', 'plenty of paper', 'plenty of paper', true],
    [
      'a composed letter for a decomposed one (NFC)',
      'crème brûlée at noon',
      'crème brûlée at noon'.normalize('NFD'),
      true,
    ],
    ['another case', 'plenty of paper', 'Plenty of paper', false],
    ['a space at the end', 'plenty of paper', 'plenty of paper ', false],
    ['a compatible letter (no NFKC)', 'ﬁfteen characters', 'fifteen characters', false],
    ['a cut long one', `${long}y`, long, false],
    ['the first 72 bytes', 'y'.repeat(100), 'y'.repeat(72), false],
    ['what stands before a NUL', 'plenty\0of paper', 'plenty', false],
    ['nothing', 'plenty of paper', '', false],
  ])('%s', async (_what, set, typed, same) => {
    expect(await passwords.verify(typed, await passwords.hash(set))).toBe(same)
  })

  test('for nobody it computes as much and says no', async () => {
    expect(await passwords.verify('plenty of paper', null)).toBe(false)
  })

  test.each(['', 'plain', '$2b$10$abc', 'argon2id$m=0,t=0,p=0$AA$AA'.repeat(3)])(
    'a stored text it does not understand (%s) matches nothing',
    async (stored) => {
      expect(await passwords.verify('plain', stored)).toBe(false)
    },
  )

  test('a hash under another cost still verifies, and is known to be stale', async () => {
    const old = await createPasswords(pepper, { memoryKib: 512, passes: 1, lanes: 1 }).hash('plenty of paper')
    expect(await passwords.verify('plenty of paper', old)).toBe(true)
    expect(passwords.isStale(old)).toBe(true)
    expect(passwords.isStale(await passwords.hash('plenty of paper'))).toBe(false)
  })
})

test('A-71 more at once than the queue holds are refused with "unavailable", the others are served', async () => {
  const tries = Array.from({ length: 120 }, () => passwords.verify('plenty of paper', null))
  const answers = await Promise.allSettled(tries)
  const refused = answers.filter((one) => one.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  for (const one of refused) {
    expect(one.reason).toBeInstanceOf(Problem)
    expect(one.reason).toMatchObject({ code: 'unavailable', extra: { retryAfter: 5 } })
  }
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(parameters.password.queue)
  expect(await passwords.verify('plenty of paper', await passwords.hash('plenty of paper'))).toBe(true)
})
