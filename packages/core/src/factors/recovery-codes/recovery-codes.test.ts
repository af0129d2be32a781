import { describe, expect, test } from 'vitest'
import { behavesLikeAFactor } from '../testing/behaves-like-a-factor.ts'
import { factorWorld } from '../testing/world.ts'
import { type RecoveryCodesCredential, recoveryCodes } from './recovery-codes.ts'

const written = new Map<string, string[]>()

behavesLikeAFactor({
  factor: recoveryCodes,
  enrolment: [
    (_world, state, person) => {
      written.set(person, (state as { codes: string[] }).codes)
      return { saved: true }
    },
  ],
  answer: (_world, _credential, person) => ({ code: written.get(person)?.[3] ?? '' }),
  secrets: (credential, enrolledWith) => [
    ...(credential as RecoveryCodesCredential).left,
    ...(enrolledWith as { codes: string[] }).codes,
  ],
  between: 0,
  codeLife: null,
})

const made = async () => {
  const context = factorWorld().contextFor('ada')
  const opened = await recoveryCodes.enrol(context)
  const { codes } = (opened as { state: { codes: string[] } }).state
  const saved = await recoveryCodes.verify(
    context,
    { credential: null, state: (opened as { state: unknown }).state },
    { saved: true },
  )
  const { credential } = saved as { credential: RecoveryCodesCredential }
  const use = (code: string, against = credential) =>
    recoveryCodes.verify(context, { credential: against, state: { codes: null } }, { code })
  return { codes, credential, use }
}

describe('recovery codes', () => {
  test('ten of 80 bits each, all different', async () => {
    const { codes } = await made()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/)
  })

  test('what is kept holds none of them', async () => {
    const { codes, credential } = await made()
    for (const code of codes) expect(JSON.stringify(credential)).not.toContain(code)
  })

  test('each works once, in any order, and takes only itself away', async () => {
    const { codes, credential, use } = await made()
    let left = credential
    for (const [used, code] of [...codes].reverse().entries()) {
      const verdict = await use(code, left)
      left = (verdict as { credential: RecoveryCodesCredential }).credential
      expect(left.left).toHaveLength(9 - used)
      expect(await use(code, left)).toEqual({ kind: 'wrong', problem: 'wrong-code' })
    }
    expect(recoveryCodes.facts?.(left)).toMatchObject({ left: 0, of: 10 })
  })

  test('capitals, dashes, spaces and look-alike letters are read as meant', async () => {
    const { codes, use } = await made()
    const code = codes[0] ?? ''
    const typed = code
      .toUpperCase()
      .replaceAll('0', 'O')
      .replaceAll('1', 'l')
      .replace(/(.{4})(?=.)/g, '$1 – ')
    expect(await use(typed)).toMatchObject({ kind: 'accepted' })
  })

  test('nothing is made until the person says they are saved', async () => {
    const context = factorWorld().contextFor('ada')
    const opened = await recoveryCodes.enrol(context)
    const asked = { credential: null, state: (opened as { state: unknown }).state }
    for (const saved of [undefined, false])
      expect(await recoveryCodes.verify(context, asked, saved === undefined ? {} : { saved })).toMatchObject({
        kind: 'unusable',
      })
  })
})
