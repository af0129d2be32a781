import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { behavesLikeAFactor } from '../testing/behaves-like-a-factor.ts'
import { type FactorWorld, factorWorld } from '../testing/world.ts'
import { type PushCredential, type PushState, push } from './push.ts'
import { isSignedBy } from './signature.ts'
import { tokenAt } from './token.ts'

const secret = Buffer.alloc(20, 7).toString('base64url')
const period = 20_000
const tokenNow = (world: FactorWorld, of: string, ahead = 0) =>
  tokenAt(of, Math.floor((world.now().getTime() + ahead) / period))

behavesLikeAFactor({
  factor: push,
  enrolment: [
    (world, _state, person) => {
      const own = Buffer.alloc(20, person).toString('base64url')
      world.approvals.pair(`authenticator-${person}`, { publicKey: 'key', secret: own, name: 'Phone' })
      return { waiting: true }
    },
  ],
  answer: (world, credential) => ({ code: tokenNow(world, (credential as PushCredential).secret) }),
  secrets: (credential) => [(credential as PushCredential).secret],
  between: 40_000,
  codeLife: 41_000,
})

const credential: PushCredential = { publicKey: 'key', secret, lastPeriod: 0 }
const open = async () => {
  const world = factorWorld()
  const opened = await push.challenge(world.contextFor('grace'), credential)
  if (!opened.ok) throw new Error(opened.problem)
  const state = opened.state as PushState
  const judge = (response: object, held = credential) =>
    push.verify(world.contextFor('grace'), { credential: held, state }, response)
  return { world, state, judge }
}

describe('tokens of 20 seconds', () => {
  // The world begins at a full minute, so a period begins with it.
  test.each([
    ['its own period', 0, 'accepted'],
    ['a clock 15 s slow', -15_000, 'accepted'],
    ['the period before', -20_000, 'accepted'],
    ['two periods ago', -40_000, 'wrong'],
    ['a clock 60 s slow', -60_000, 'wrong'],
    ['a clock 60 s fast', 60_000, 'wrong'],
  ])('a token of %s is %s', async (_when, ahead, kind) => {
    const { world, judge } = await open()
    expect((await judge({ code: tokenNow(world, secret, ahead) })).kind).toBe(kind)
  })

  test('none is taken twice, and none older than the last', async () => {
    const { world, judge } = await open()
    const first = await judge({ code: tokenNow(world, secret) })
    if (first.kind !== 'accepted') throw new Error(first.kind)
    const after = first.credential as PushCredential
    expect(await judge({ code: tokenNow(world, secret) }, after)).toEqual({
      kind: 'wrong',
      problem: 'code-used',
    })
    const before = { code: tokenNow(world, secret, -period) }
    expect(await judge(before, after)).toEqual({ kind: 'wrong', problem: 'code-used' })
  })

  test('a token takes the request back that was sent with it', async () => {
    const { world, judge } = await open()
    await judge({ code: tokenNow(world, secret) })
    expect(world.approvals.requests[0]?.over).toBe(true)
  })
})

describe('requests', () => {
  test('show six digits, wait, and are accepted once approved', async () => {
    const { world, state, judge } = await open()
    const prompt = push.prompt(world.promptContext(push), state)
    expect(prompt).toMatchObject({ kind: 'approve-elsewhere', status: 'waiting', expiresIn: 120 })
    expect(prompt.kind === 'approve-elsewhere' && prompt.number).toMatch(/^\d{6}$/)
    expect(await judge({ waiting: true })).toEqual({ kind: 'waiting' })
    world.approvals.decide('request-0', 'approved')
    expect(await judge({ waiting: true })).toMatchObject({ kind: 'accepted' })
  })

  test('the number on the screen is no answer here', async () => {
    const { world, state, judge } = await open()
    const prompt = push.prompt(world.promptContext(push), state)
    if (prompt.kind !== 'approve-elsewhere') throw new Error(prompt.kind)
    expect((await judge({ code: prompt.number })).kind).toBe('wrong')
  })

  test('say when they were refused and when they expired', async () => {
    const { world, state, judge } = await open()
    world.approvals.decide('request-0', 'denied')
    const verdict = await judge({ waiting: true })
    expect(verdict).toMatchObject({ kind: 'next', state: { status: 'denied' } })
    world.advance(120_000)
    expect(push.prompt(world.promptContext(push), state)).toMatchObject({ status: 'expired' })
  })
})

describe('signatures', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')
  const signature = sign('sha256', Buffer.from('text'), {
    key: pair.privateKey,
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url')

  test('hold for their text and key only', () => {
    expect(isSignedBy(publicKey, 'text', signature)).toBe(true)
    expect(isSignedBy(publicKey, 'texT', signature)).toBe(false)
    expect(isSignedBy(publicKey, 'text', `A${signature.slice(1)}`)).toBe(false)
    expect(isSignedBy(publicKey, 'text', 'AA')).toBe(false)
  })

  test.each([
    ['another curve', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['another algorithm', generateKeyPairSync('ed25519')],
  ])('of %s are none', (_name, other) => {
    const key = other.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')
    expect(isSignedBy(key, 'text', signature)).toBe(false)
    expect(isSignedBy('garbage', 'text', signature)).toBe(false)
  })
})
