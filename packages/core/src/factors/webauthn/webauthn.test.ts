import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { securityKey } from '../../testing/security-key.ts'
import { factorWorld } from '../testing/world.ts'
import { type PasskeyCredential, wentBack } from './ceremony.ts'
import { webauthn } from './webauthn.ts'

const world = factorWorld()
const context = {
  ...world.contextFor('grace'),
  person: { id: '0197f3a0-0000-7000-8000-000000000001', name: 'Grace', email: 'grace@example.test' },
}

const enrolled = async () => {
  const key = securityKey(context.origin)
  const opened = await webauthn.enrol(context)
  if (!opened.ok) throw new Error(opened.problem)
  const { options } = opened.state as { options: { challenge: string } }
  const response = { credential: key.create(options) }
  const verdict = await webauthn.verify(context, { credential: null, state: opened.state }, response)
  if (verdict.kind !== 'accepted') throw new Error(verdict.kind)
  return { key, credential: verdict.credential as PasskeyCredential, created: opened.state }
}

const ask = async (credential: PasskeyCredential) => {
  const opened = await webauthn.challenge(context, credential)
  if (!opened.ok) throw new Error(opened.problem)
  return opened.state as { options: { challenge: string; allowCredentials: unknown[] } }
}

describe('passkeys', () => {
  test('a challenge asks for this key, with user verification', async () => {
    const { key, credential } = await enrolled()
    const state = await ask(credential)
    expect(state.options).toMatchObject({
      userVerification: 'required',
      allowCredentials: [{ id: credential.id }],
    })
    const response = { credential: key.get(state.options) }
    expect(await webauthn.verify(context, { credential, state }, response)).toMatchObject({
      kind: 'accepted',
      credential: { counter: 1 },
    })
  })

  test('lost origins: a portal that moved says where the key belongs', async () => {
    const { credential } = await enrolled()
    const moved = await webauthn.challenge({ ...context, origin: 'https://moved.test' }, credential)
    expect(moved).toEqual({ ok: false, problem: 'passkey-elsewhere', extra: { detail: 'portal.test' } })
  })

  test('a creation without user verification is no passkey', async () => {
    const opened = await webauthn.enrol(context)
    if (!opened.ok) throw new Error(opened.problem)
    const { options } = opened.state as { options: { challenge: string } }
    const credential = securityKey(context.origin).create(options, { userVerified: false })
    const verdict = await webauthn.verify(context, { credential: null, state: opened.state }, { credential })
    expect(verdict).toEqual({ kind: 'wrong', problem: 'passkey-refused' })
  })

  test('garbage never throws and is never accepted', async () => {
    const { credential, created } = await enrolled()
    const state = await ask(credential)
    const garbage = fc.oneof(
      fc.anything(),
      fc.record({
        id: fc.constant(credential.id),
        rawId: fc.string(),
        type: fc.constant('public-key'),
        response: fc.anything(),
      }),
    )
    await fc.assert(
      fc.asyncProperty(garbage, async (one) => {
        const response = { credential: one as Record<string, unknown> }
        expect((await webauthn.verify(context, { credential, state }, response)).kind).toBe('wrong')
        expect((await webauthn.verify(context, { credential: null, state: created }, response)).kind).toBe(
          'wrong',
        )
        webauthn.alone?.claimant(response)
      }),
    )
  })

  test.each([
    [0, 0, false],
    [0, 1, false],
    [5, 6, false],
    [5, 5, true],
    [6, 5, true],
    [5, 0, true],
  ])('a counter from %i to %i went back: %s', (before, now, back) => {
    expect(wentBack(before, now)).toBe(back)
  })
})
