import { describe, expect, test } from 'vitest'
import { factorWorld } from '../testing/world.ts'
import { newPasscode, passcode } from './passcode.ts'

const world = factorWorld()
const ada = world.contextFor('ada')
const made = () => {
  const { halves, credential } = newPasscode(ada.keyedHash, ada.person.id)
  const use = (response: Record<string, unknown>, context = ada) =>
    passcode.verify(context, { credential, state: null }, response)
  return { halves, credential, printed: halves.join('-'), use }
}

describe('a passcode', () => {
  test('has 50 bits in two halves that are easy to read out, and is not kept', () => {
    const { halves, printed, credential } = made()
    expect(printed).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(JSON.stringify(credential)).not.toContain(halves[0].toLowerCase())
    expect(new Set(Array.from({ length: 500 }, () => made().printed)).size).toBe(500)
  })

  test('is right however it is typed', async () => {
    const { printed, use } = made()
    for (const code of [
      printed,
      printed.toLowerCase(),
      printed.replace('-', ' '),
      printed.replace('-', '–').replaceAll('0', 'O').replaceAll('1', 'I'),
    ])
      expect((await use({ code })).kind).toBe('accepted')
  })

  test('is nobody else’s, and half of it is wrong', async () => {
    const { halves, printed, use } = made()
    expect((await use({ code: printed }, world.contextFor('bob'))).kind).toBe('wrong')
    for (const code of [halves[0], halves[1], halves.toReversed().join('-'), '', `${printed}A`])
      expect((await use({ code })).kind).toBe('wrong')
  })

  test('anything else is a wrong answer and no fault', async () => {
    const { use } = made()
    for (const response of [{}, { code: 7 }, { code: null }, { waiting: true }, { saved: true }])
      expect(await use(response as Record<string, unknown>)).toEqual({ kind: 'wrong', problem: 'wrong-code' })
  })

  test('is enrolled by nobody', async () => {
    expect(await passcode.enrol(ada)).toEqual({ ok: false, problem: 'not-allowed' })
  })
})
