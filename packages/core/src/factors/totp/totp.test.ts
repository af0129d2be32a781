import fc from 'fast-check'
import { generateSync, verifySync } from 'otplib'
import { describe, expect, test } from 'vitest'
import { behavesLikeAFactor } from '../testing/behaves-like-a-factor.ts'
import { type FactorWorld, factorWorld } from '../testing/world.ts'
import { appUri, demoApp } from './demo.ts'
import { type TotpCredential, totp } from './totp.ts'

const secretOf = (value: unknown) => (value as { secret: string }).secret
const codeAt = (secret: string, at: Date) => generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) })
const now = (world: FactorWorld, secret: string) => ({ code: codeAt(secret, world.now()) })

behavesLikeAFactor({
  factor: totp,
  enrolment: [(world, state) => now(world, secretOf(state))],
  answer: (world, credential) => now(world, secretOf(credential)),
  secrets: (credential) => [secretOf(credential)],
  between: 30_000,
  codeLife: 61_000,
})

describe('time steps (RFC 6238 §5.2)', () => {
  const world = factorWorld()
  const { secret } = appUri(Buffer.alloc(20, 7), 'ada@example.test')
  const judge = (at: number, lastStep = 0) =>
    totp.verify(
      world.contextFor('ada'),
      { credential: { secret, lastStep }, state: { secret: null } },
      { code: codeAt(secret, new Date(world.now().getTime() + at)) },
    )

  test.each([
    ['two steps ago', -60_000, 'wrong'],
    ['one step ago', -30_000, 'accepted'],
    ['now', 0, 'accepted'],
    ['one step ahead', 30_000, 'accepted'],
    ['two steps ahead', 60_000, 'wrong'],
  ])('a code of %s is %s', async (_when, at, kind) => {
    expect((await judge(at)).kind).toBe(kind)
  })

  test('A-13 a step that was used, or one before it, is refused as used', async () => {
    const verdict = await judge(0)
    const { lastStep } = (verdict as { credential: TotpCredential }).credential
    expect(await judge(0, lastStep)).toEqual({ kind: 'wrong', problem: 'code-used' })
    expect(await judge(-30_000, lastStep)).toEqual({ kind: 'wrong', problem: 'code-used' })
    expect(await judge(30_000, lastStep)).toMatchObject({ credential: { lastStep: lastStep + 1 } })
  })

  test('RFC 6238 appendix B: the codes are those of the standard, cut to six digits', async () => {
    const key = demoApp(Buffer.from('12345678901234567890')).credential
    for (const [seconds, code] of [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [20_000_000_000, '353130'],
    ] as const)
      expect(verifySync({ secret: key.secret, token: code, epoch: seconds }).valid).toBe(true)
  })

  test('spaces between the digits do not matter, other digits than 0 to 9 do', async () => {
    const { code } = now(world, secret)
    const typed = async (text: string) =>
      (
        await totp.verify(
          world.contextFor('ada'),
          { credential: { secret, lastStep: 0 }, state: { secret: null } },
          { code: text },
        )
      ).kind
    expect(await typed(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe('accepted')
    expect(await typed(code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))))).toBe(
      'wrong',
    )
  })
})

describe('the key', () => {
  test('160 random bits, never twice (RFC 4226 §4 R6)', async () => {
    const keys = new Set<string>()
    for (let i = 0; i < 200; i++) {
      const opened = await totp.enrol(factorWorld().contextFor('ada'))
      const secret = secretOf((opened as { state: unknown }).state)
      expect(secret).toMatch(/^[A-Z2-7]{32}$/)
      keys.add(secret)
    }
    expect(keys.size).toBe(200)
  })

  test('ASVS 1.2.2: whatever the names, the link is one otpauth address with that label and issuer', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
        const world = factorWorld()
        const state = {
          secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
          issuer: name,
          account: 'a:b&c?d#e@x.test',
        }
        const prompt = totp.prompt(world.promptContext(totp), state)
        if (prompt.kind !== 'scan-qr') throw new Error(prompt.kind)
        const uri = new URL(prompt.uri)
        expect(uri.protocol).toBe('otpauth:')
        expect(uri.searchParams.get('secret')).toBe(state.secret)
        expect(uri.searchParams.get('issuer')).toBe(name)
        expect(uri.hash).toBe('')
      }),
    )
  })
})
