import { describe, expect, test } from 'vitest'
import { behavesLikeAFactor } from '../testing/behaves-like-a-factor.ts'
import { factorWorld } from '../testing/world.ts'
import { type PhoneCredential, phone } from './phone.ts'

const numbers: Record<string, string> = { ada: '+14155550101', grace: '+14155550102' }
const numberOf = (person: string) => numbers[person] ?? ''

behavesLikeAFactor({
  factor: phone,
  enrolment: [
    (_world, _state, person) => ({ phone: numberOf(person) }),
    (world, _state, person) => ({ code: world.phones.codeFor(numberOf(person)) }),
  ],
  answer: (world, credential) => ({ code: world.phones.codeFor((credential as PhoneCredential).e164) }),
  secrets: (credential) => [(credential as PhoneCredential).e164, '415', '5550101', '5550102'],
  between: 0,
  codeLife: 10 * 60 * 1000,
})

const started = async (typed: string, country?: string) => {
  const world = factorWorld()
  const context = world.contextFor('ada')
  const answer = (state: unknown, response: object) =>
    phone.verify(context, { credential: null, state }, response)
  const verdict = await answer({ at: 'ask' }, { phone: typed, ...(country && { country }) })
  return { world, context, answer, verdict }
}

describe('enrolling a number', () => {
  test('a mobile gets a text at once', async () => {
    const { verdict } = await started('(415) 555-0102', 'US')
    expect(verdict).toEqual({
      kind: 'next',
      state: { at: 'known', e164: '+14155550102', lineType: 'mobile' },
      send: 'sms',
    })
  })

  test('a desk phone brings the dialog back with guidance and offers a call only', async () => {
    const { verdict, world, answer } = await started('+14155550150')
    const { state } = verdict as { state: unknown }
    expect(verdict).not.toHaveProperty('send')
    expect(phone.prompt(world.promptContext(phone), state)).toMatchObject({
      guidance: 'not-mobile',
      channels: ['call'],
      number: '+14155550150',
    })
    expect(await answer(state, { phone: '+14155550150', channel: 'call' })).toMatchObject({ send: 'call' })
    expect(await answer(state, { phone: '+14155550150', channel: 'sms' })).not.toHaveProperty('send')
  })

  test('a Canadian number gets the same guidance, with text and call', async () => {
    const { verdict, world, answer } = await started('613 555 0110', 'CA')
    const { state } = verdict as { state: unknown }
    expect(phone.prompt(world.promptContext(phone), state)).toMatchObject({
      guidance: 'unknown',
      channels: ['sms', 'call'],
    })
    expect(await answer(state, { phone: '+16135550110', channel: 'sms' })).toMatchObject({ send: 'sms' })
  })

  test('another number in the choice is looked up anew, so guidance cannot be walked around', async () => {
    const { verdict, answer } = await started('+14155550150')
    const { state } = verdict as { state: unknown }
    const other = await answer(state, { phone: '+14155550151', channel: 'sms' })
    expect(other).toEqual({
      kind: 'next',
      state: { at: 'known', e164: '+14155550151', lineType: 'not-mobile' },
    })
  })

  test.each([
    ['premium by its prefix', '+19005550123', undefined],
    ['toll-free', '+18005550123', undefined],
    ['premium by lookup', '+14155550195', undefined],
    ['British premium', '09098790123', 'GB'],
  ])('%s is refused with the reason', async (_kind, typed, country) => {
    expect((await started(typed, country)).verdict).toMatchObject({
      kind: 'unusable',
      problem: 'phone-unsuitable',
      extra: { fields: { phone: 'phone-unsuitable' } },
    })
  })

  test.each(['unavailable', 'refused', 'too-many'] as const)(
    'a lookup that is %s costs no try and binds nothing',
    async (why) => {
      const { world, answer } = await started('')
      world.phones.fault.why = why
      const verdict = await answer({ at: 'ask' }, { phone: '+14155550102' })
      expect(verdict.kind).toBe(why === 'unavailable' ? 'unavailable' : 'unusable')
    },
  )
})

describe('A-04 the phone of a bound factor is not exchanged at a challenge', () => {
  const credential: PhoneCredential = { e164: '+14155550102', lineType: 'mobile', channel: 'sms' }

  test.each(['sent', 'known'] as const)('in state %s', async (at) => {
    const world = factorWorld()
    const state = { at, e164: credential.e164, lineType: 'mobile', channel: 'sms', again: false }
    const response = { phone: '+14155550103', channel: 'sms' as const }
    const verdict = await phone.verify(world.contextFor('grace'), { credential, state }, response)
    expect(['wrong', 'unusable']).toContain(verdict.kind)
    expect(world.phones.sent).toEqual([])
  })
})

test.each([
  ['sms', 'We sent a text message to'],
  ['call', 'We sent the code by phone call to'],
] as const)('the prompt says how the code went, and that it is the same only beside: %s', (channel, lead) => {
  const state = { at: 'sent', e164: '+14155550102', lineType: 'mobile', channel, again: true } as const
  const prompt = phone.prompt(factorWorld().promptContext(phone), state)
  expect(prompt).toMatchObject({ lead, sameCode: true })
})
