import type { PromptResponse } from '@countersign/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnyFactor, Verdict } from '../factor.ts'
import { type FactorWorld, factorWorld } from './world.ts'

/** How to use one factor as its owner does; the suite does everything an owner does not. */
export type FactorSubject = {
  factor: AnyFactor
  /** The owner's answers while enrolling, in order, given what the factor keeps by then. */
  enrolment: ((world: FactorWorld, state: unknown, person: string) => PromptResponse)[]
  /** The owner's right answer to a challenge. */
  answer: (world: FactorWorld, credential: unknown, person: string) => PromptResponse
  /** What nobody may read once the factor is enrolled. */
  secrets: (credential: unknown, enrolledWith: unknown) => string[]
  /** Time until the code that follows the one just used, ms. */
  between: number
  /** How long a right answer stays right, ms; null where it is good until it is used. */
  codeLife: number | null
}

type Judge = Extract<Verdict<unknown, unknown>, { kind: 'accepted' }>

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen)
    Object.freeze(value)
  }
  return value
}

/** As the seal gives it back: JSON, and nobody may write to it. */
const stored = (value: unknown): unknown =>
  frozen(value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

const deliver = async (
  subject: FactorSubject,
  world: FactorWorld,
  state: unknown,
  channel: 'sms' | 'call',
) => {
  const delivery = subject.factor.delivery
  if (!delivery) throw new Error('sends without a delivery')
  const sent = await delivery.send(world.contextFor('ada'), state, channel)
  expect(sent).toEqual({ ok: true })
  return stored(delivery.sent(state, channel, false))
}

const enrol = async (subject: FactorSubject, world: FactorWorld, person: string) => {
  const context = world.contextFor(person)
  const opened = await subject.factor.enrol(context)
  if (!opened.ok) throw new Error(opened.problem)
  const first = stored(opened.state)
  let state = first
  for (const answer of subject.enrolment) {
    const response = answer(world, state, person)
    const verdict = await subject.factor.verify(context, { credential: null, state }, response)
    if (verdict.kind === 'accepted') return { credential: stored(verdict.credential), first, state }
    if (verdict.kind !== 'next') throw new Error(`enrolment ended with ${JSON.stringify(verdict)}`)
    state = stored(verdict.state)
    if (verdict.send && verdict.send !== 'email') state = await deliver(subject, world, state, verdict.send)
  }
  throw new Error('enrolment did not end')
}

const challenge = async (subject: FactorSubject, world: FactorWorld, credential: unknown) => {
  const opened = await subject.factor.challenge(world.contextFor('ada'), credential)
  if (!opened.ok) throw new Error(opened.problem)
  const state = stored(opened.state)
  return opened.send && opened.send !== 'email' ? deliver(subject, world, state, opened.send) : state
}

/** An enrolled authenticator a moment later, with a challenge to it and the right answer. */
const asked = async (subject: FactorSubject, person = 'ada') => {
  const world = factorWorld()
  const enrolled = await enrol(subject, world, person)
  world.advance(subject.between)
  const state = await challenge(subject, world, enrolled.credential)
  const answer = subject.answer(world, enrolled.credential, person)
  const judge = (response: unknown, credential = enrolled.credential) =>
    subject.factor.verify(world.contextFor(person), { credential, state }, response as PromptResponse)
  return { world, enrolled, state, answer, judge }
}

/** Anything at all, and with it things that are nearly a code, a number or a callback. */
const garbage = fc.record(
  {
    code: fc.oneof(
      fc.anything(),
      fc.string({ unit: 'binary', maxLength: 2000 }),
      fc.stringMatching(/^[0-9]{0,9}$/),
    ),
    phone: fc.oneof(fc.anything(), fc.string({ unit: 'binary', maxLength: 300 })),
    country: fc.oneof(fc.anything(), fc.string({ maxLength: 3 })),
    channel: fc.anything(),
    saved: fc.anything(),
    credential: fc.anything(),
    callback: fc.anything(),
    waiting: fc.anything(),
    name: fc.anything(),
  },
  { requiredKeys: [] },
)

const altered = (code: string) => {
  const last = code.at(-1) ?? ''
  return code.slice(0, -1) + (last === '7' ? '3' : '7')
}

/** What every factor owes: tested once here, applied to each. */
export const behavesLikeAFactor = (subject: FactorSubject) => {
  const { factor } = subject
  describe(`${factor.name} behaves like a factor`, () => {
    test('the right answer is accepted', async () => {
      const { judge, answer } = await asked(subject)
      expect(await judge(answer)).toMatchObject({ kind: 'accepted' })
    })

    test('single use: the same answer is refused once it was accepted', async () => {
      const { judge, answer } = await asked(subject)
      const verdict = (await judge(answer)) as Judge
      expect(await judge(answer, stored(verdict.credential))).toMatchObject({ kind: 'wrong' })
    })

    test('expiry: a late answer is refused', async () => {
      const { judge, answer, world } = await asked(subject)
      world.advance(subject.codeLife ?? 365 * 24 * 60 * 60 * 1000)
      expect((await judge(answer)).kind).toBe(subject.codeLife === null ? 'accepted' : 'wrong')
    })

    test('tampering: an altered, cut, doubled or foreign answer is refused', async () => {
      const { judge, answer } = await asked(subject)
      const other = await asked(subject, 'grace')
      const code = answer.code ?? ''
      const wrong = [altered(code), code.slice(1), code + code, '', `${code}\0`, code.replace(/./g, '＃')]
      for (const guess of wrong) expect(await judge({ code: guess }), guess).toMatchObject({ kind: 'wrong' })
      if (other.answer.code !== code) expect(await judge(other.answer)).toMatchObject({ kind: 'wrong' })
      expect(await judge(answer)).toMatchObject({ kind: 'accepted' })
    })

    test('garbage of every type and length never throws and is never accepted', async () => {
      const { judge, world } = await asked(subject)
      await fc.assert(
        fc.asyncProperty(garbage, async (response) => {
          // An answer to a bound authenticator leads nowhere but to a verdict on it: `next` would be a way round.
          expect(['wrong', 'unusable', 'waiting']).toContain((await judge(response)).kind)
          const fresh = await factor.enrol(world.contextFor('ada'))
          if (!fresh.ok) throw new Error(fresh.problem)
          const { saved: _, ...guess } = response
          const verdict = await factor.verify(
            world.contextFor('ada'),
            { credential: null, state: stored(fresh.state) },
            guess as PromptResponse,
          )
          expect(verdict.kind).not.toBe('accepted')
        }),
        { numRuns: 150 },
      )
    })

    test('after enrolment no secret is in a prompt', async () => {
      const { enrolled, state, world } = await asked(subject)
      const shown = JSON.stringify(factor.prompt(world.promptContext(factor), state))
      const secrets = subject.secrets(enrolled.credential, enrolled.first)
      expect(secrets.length).toBeGreaterThan(0)
      for (const secret of secrets) expect(shown).not.toContain(secret)
    })

    test('a prompt is pure: read twice it says the same and changes nothing', async () => {
      const { enrolled, state, world } = await asked(subject)
      for (const one of [enrolled.first, enrolled.state, state]) {
        const context = frozen(world.promptContext(factor))
        expect(factor.prompt(context, one)).toEqual(factor.prompt(context, one))
      }
    })
  })
}
