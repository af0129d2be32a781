import type { SignInView } from '@countersign/contract/sign-in'
import { expect, test } from 'vitest'
import { whyEnrol } from './requirement.ts'

const step: Extract<SignInView['step'], { kind: 'enrol' }> = {
  kind: 'enrol',
  offers: [],
  requiredBy: null,
  remindable: true,
}

test('who is asked to enrol hears whose rule it is', () => {
  expect(whyEnrol({ step: { ...step, requiredBy: 'Northwind IT' }, reason: null })).toBe(
    'Northwind IT requires two-factor authentication.',
  )
})

test('and from which day, while it can be put off', () => {
  const reason = { rule: 'no-factor', company: 'Northwind IT', at: '2026-12-02T12:00:00Z' } as const
  expect(whyEnrol({ step, reason })).toBe('Northwind IT requires two-factor authentication from 2 Dec 2026.')
})

test('nothing is said where nobody requires it', () => {
  expect(whyEnrol({ step, reason: { rule: 'no-factor' } })).toBeNull()
  expect(whyEnrol({ step: { kind: 'set-password' }, reason: null })).toBeNull()
})
