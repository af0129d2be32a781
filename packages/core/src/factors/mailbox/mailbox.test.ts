import { expect, test } from 'vitest'
import { factorWorld } from '../testing/world.ts'
import { askingFor, mailbox } from './mailbox.ts'

const intent = { factor: 'phone' as const, response: null }

const world = factorWorld()
const ada = world.contextFor('ada')
const state = askingFor('ada@example.test', intent)
const code = mailbox.delivery?.mailed?.(ada, state).code ?? ''

test('the code is eight digits, the same for the same question and another for each question and person', () => {
  expect(code).toMatch(/^\d{8}$/)
  expect(mailbox.delivery?.mailed?.(ada, { ...state }).code).toBe(code)
  expect(mailbox.delivery?.mailed?.(ada, askingFor('ada@example.test', intent)).code).not.toBe(code)
  expect(mailbox.delivery?.mailed?.(world.contextFor('grace'), state).code).not.toBe(code)
})

test('what is kept and what is shown do not hold the code', () => {
  expect(JSON.stringify(state)).not.toContain(code)
  expect(JSON.stringify(mailbox.prompt(world.promptContext(mailbox), state))).not.toContain(code)
})

test.each([[undefined], [''], ['0'], ['000000000'], [{}], [code.slice(1)], [`${code}0`]])(
  'garbage is a wrong answer, never an error: %s',
  async (typed) => {
    const response = { code: typed as string }
    expect(await mailbox.verify(ada, { credential: null, state }, response)).toEqual({
      kind: 'wrong',
      problem: 'wrong-code',
    })
  },
)

test('the right code is taken with spaces and dashes, and hands on what was to be enrolled', async () => {
  const response = { code: `${code.slice(0, 4)} - ${code.slice(4)}` }
  const verdict = await mailbox.verify(ada, { credential: null, state }, response)
  expect(verdict).toEqual({ kind: 'accepted', credential: intent })
})

test('sent again, the prompt goes on saying what the code is for', () => {
  const shown = (again: boolean) => mailbox.prompt(world.promptContext(mailbox), { ...state, again })
  expect(shown(true)).toEqual({ ...shown(false), sameCode: true })
})
