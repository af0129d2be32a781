import type { AuthenticatorView, SecurityView } from '@countersign/contract/session'
import { expect, test } from 'vitest'
import { nextSteps } from './next-steps.ts'

const app: AuthenticatorView = {
  id: '1',
  factor: 'totp',
  label: 'Authenticator app',
  name: 'Work phone',
  icon: 'app',
  strength: 2,
  addedAt: '2026-11-01T09:00:00Z',
  lastUsedAt: null,
  locked: false,
}
const security: SecurityView = {
  secured: true,
  strongest: 'Authenticator app',
  authenticators: [app, { ...app, id: '2', name: 'Spare phone' }],
  recoveryCodes: { left: 10, of: 10, madeAt: '2026-11-01T09:00:00Z' },
  requirement: null,
  offers: [],
  reminder: null,
}
const none: SecurityView = {
  ...security,
  secured: false,
  strongest: null,
  authenticators: [],
  recoveryCodes: null,
}
const kinds = (view: SecurityView) => nextSteps(view, undefined).map((step) => step.kind)

test('nothing to do for who has two factors and codes', () => {
  expect(nextSteps(security, undefined)).toEqual([])
})

test('only a password: enable, and why now', () => {
  expect(kinds(none)).toEqual(['enable'])
  const requirement = { company: 'Northwind IT', from: '2027-03-01T00:00:00Z', inForce: false }
  expect(nextSteps({ ...none, requirement }, undefined)[0]?.why).toBe(
    'Northwind IT requires two-factor authentication from 1 Mar 2027.',
  )
})

test('recovery codes: none, few, enough', () => {
  expect(kinds({ ...security, recoveryCodes: null })).toEqual(['codes'])
  const left = (count: number) =>
    nextSteps({ ...security, recoveryCodes: { left: count, of: 10, madeAt: app.addedAt } }, undefined)[0]
  expect(left(0)?.title).toBe('No recovery code is left')
  expect(left(1)?.title).toBe('One recovery code is left')
  expect(left(3)?.title).toBe('3 recovery codes are left')
  expect(left(4)).toBeUndefined()
})

test('one factor asks for a second, a basic one for a stronger', () => {
  expect(kinds({ ...security, authenticators: [app] })).toEqual(['second'])
  expect(kinds({ ...security, authenticators: [{ ...app, strength: 1 }] })).toEqual(['stronger'])
})

test('a number that an admin made a factor comes without codes, and Home offers them first', () => {
  const phone = { ...app, factor: 'phone' as const, strength: 1 as const }
  expect(kinds({ ...security, authenticators: [phone], recoveryCodes: null })).toEqual(['codes', 'stronger'])
})

test('where the company asks by Duo, neither codes nor another factor would let anybody in', () => {
  const duo = { ...app, factor: 'duo' as const, label: 'Duo', name: 'Duo' }
  expect(nextSteps({ ...security, authenticators: [duo], recoveryCodes: null }, undefined)).toEqual([])
})

test('a locked factor comes first', () => {
  const view = { ...security, authenticators: [{ ...app, locked: true }, app] }
  expect(kinds(view)).toEqual(['locked', 'second'])
})

test('an address that waits for its confirmation is told, with nothing to press', () => {
  const profile = { name: 'Grace', email: 'g@northwind.test', phone: null, pendingEmail: 'grace@new.test' }
  expect(nextSteps(security, profile)).toMatchObject([{ kind: 'email', act: null }])
})
