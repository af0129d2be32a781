import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { days } from '../clock.ts'
import { type CompanyPolicy, type DecideInput, decide, isRequired, type Outcome } from './decide.ts'

const base = Date.UTC(2026, 2, 1)
const moment = fc.integer({ min: -40, max: 40 }).map((day) => new Date(base + day * days(1)))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })

const policy: fc.Arbitrary<CompanyPolicy> = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  name: fc.constantFrom('Northwind', 'Contoso', 'Fabrikam'),
  requiredAt: maybe(moment),
  requiredFrom: maybe(moment),
  usesDuo: fc.boolean(),
})

const membership = fc.record({
  policy: fc.option(policy, { nil: null, freq: 8 }),
  accountType: fc.constantFrom('employee' as const, 'client' as const),
  remindAt: maybe(moment),
})

const input: fc.Arbitrary<DecideInput> = fc.record({
  memberships: fc.array(membership, { maxLength: 3 }),
  factors: fc.array(fc.record({ locked: fc.boolean() }), { maxLength: 3 }),
  passcodeDue: fc.boolean(),
  network: maybe(fc.constant({ name: 'Office' })),
  // A check lies in the past: a clock that ran backwards is in the table.
  trust: maybe(
    fc.integer({ min: 0, max: 40 }).map((day) => ({ verifiedAt: new Date(base - day * days(1)) })),
  ),
  now: fc.constant(new Date(base)),
})

/** Outcomes that open a session on the password alone. */
const letsIn = (given: DecideInput) => ['let-in', 'skip'].includes(decide(given).outcome)
const outcomes: Outcome[] = [
  'refuse',
  'challenge',
  'skip',
  'let-in',
  'remind',
  'must-enrol',
  'duo',
  'passcode',
  'locked',
]

/** Each makes one thing stricter. A live reminder belongs to people without a factor: enrolling ends it. */
const tightenings: Record<string, (given: DecideInput) => DecideInput> = {
  'every company requires it': (given) => ({
    ...given,
    memberships: given.memberships.map((one) => ({
      ...one,
      policy: one.policy && { ...one.policy, requiredAt: given.now },
    })),
  }),
  'no policy can be read': (given) => ({
    ...given,
    memberships: given.memberships.map((one) => ({ ...one, policy: null })),
  }),
  'off the network': (given) => ({ ...given, network: null }),
  'never checked': (given) => ({ ...given, trust: null }),
  'a client': (given) => ({
    ...given,
    memberships: given.memberships.map((one) => ({ ...one, accountType: 'client' })),
  }),
  'no reminder': (given) => ({
    ...given,
    memberships: given.memberships.map((one) => ({ ...one, remindAt: null })),
  }),
  'one company more': (given) => ({
    ...given,
    memberships: [
      ...given.memberships,
      {
        policy: { id: 'd', name: 'D', requiredAt: null, requiredFrom: null, usesDuo: false },
        accountType: 'employee',
        remindAt: null,
      },
    ],
  }),
  'factors locked': (given) => ({ ...given, factors: given.factors.map(() => ({ locked: true })) }),
  'factors gone, no reminder': (given) => ({
    ...given,
    factors: [],
    memberships: given.memberships.map((one) => ({ ...one, remindAt: null })),
  }),
  'a factor more': (given) => ({ ...given, factors: [...given.factors, { locked: false }], trust: null }),
  'an hour later': (given) => ({ ...given, now: new Date(given.now.getTime() + 3_600_000) }),
  'a month later': (given) => ({ ...given, now: new Date(given.now.getTime() + days(30)) }),
}

const runs = { numRuns: 3000 }

describe('decide', () => {
  test('invariant 4: total and deterministic, and touches nothing', () => {
    fc.assert(
      fc.property(input, (given) => {
        const before = JSON.stringify(given)
        const decision = decide(given)
        expect(outcomes).toContain(decision.outcome)
        expect(decide(structuredClone(given))).toEqual(decision)
        expect(JSON.stringify(given)).toBe(before)
      }),
      runs,
    )
  })

  test.each(Object.keys(tightenings))(
    'invariant 4: tightening (%s) never turns asking into letting in',
    (name) => {
      const tighten = tightenings[name] ?? ((given) => given)
      fc.assert(
        fc.property(input, (given) => {
          // From nobody's employee to somebody's is a loosening.
          fc.pre(given.memberships.length > 0)
          if (!letsIn(given)) expect(letsIn(tighten(given))).toBe(false)
        }),
        runs,
      )
    },
  )

  test('invariant 3: where any company requires it, nobody without a usable factor is let in', () => {
    fc.assert(
      fc.property(input, (given) => {
        const required = given.memberships.some((one) => isRequired(one.policy, given.now))
        const usable = given.factors.some((one) => !one.locked)
        if (required && !usable) expect(['let-in', 'skip', 'remind']).not.toContain(decide(given).outcome)
      }),
      runs,
    )
  })

  test('invariant 5: no client is let in by a network', () => {
    fc.assert(
      fc.property(input, (given) => {
        if (given.memberships.some((one) => one.accountType === 'client'))
          expect(decide(given).outcome).not.toBe('skip')
      }),
      runs,
    )
  })

  test('invariant 6: only a check at most 21 days old, on a network of one known company, spares the question', () => {
    fc.assert(
      fc.property(input, (given) => {
        if (decide(given).outcome !== 'skip') return
        expect(given.network).not.toBeNull()
        expect(given.memberships).toHaveLength(1)
        const age = given.now.getTime() - (given.trust?.verifiedAt.getTime() ?? Number.NaN)
        expect(age).toBeGreaterThanOrEqual(0)
        expect(age).toBeLessThanOrEqual(days(21))
      }),
      runs,
    )
  })

  test('invariant 7: of several companies the strictest rule holds, and Duo never does', () => {
    fc.assert(
      fc.property(input, (given) => {
        fc.pre(given.memberships.length > 1)
        const decision = decide(given)
        expect(['duo', 'skip']).not.toContain(decision.outcome)
        const order = decide({ ...given, memberships: [...given.memberships].reverse() })
        expect(order.outcome).toBe(decision.outcome)
      }),
      runs,
    )
  })

  test('who holds a usable factor is asked for one, or was checked on this network', () => {
    fc.assert(
      fc.property(input, (given) => {
        fc.pre(given.memberships.length > 0 && given.factors.some((one) => !one.locked))
        expect(['challenge', 'duo', 'skip']).toContain(decide(given).outcome)
      }),
      runs,
    )
  })
})
