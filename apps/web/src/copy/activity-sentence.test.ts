import { expect, test } from 'vitest'
import { activitySentence, inSentence } from './activity-sentence.ts'

const row = (event: string, rest: Partial<Parameters<typeof activitySentence>[0]> = {}) =>
  activitySentence({ event, outcome: 'ok', factorLabel: null, detail: {}, ...rest })

test('a sign-in says with what', () => {
  expect(row('sign-in.finished', { factorLabel: 'Authenticator app' })).toEqual({
    what: 'Signed in',
    more: 'with your password and authenticator app',
  })
  expect(row('sign-in.finished', { detail: { rule: 'reminded-later' } }).more).toBe('with your password')
  expect(
    row('sign-in.finished', { detail: { rule: 'trusted-network', network: 'Head office', days: 3 } }),
  ).toEqual({ what: 'Signed in without being asked', more: 'on Head office' })
})

test('a wrong code is told from a check that was passed', () => {
  expect(row('step-up', { outcome: 'failed', detail: { problem: 'wrong-code' } }).what).toBe(
    'A wrong code was entered',
  )
  expect(row('step-up', { factorLabel: 'Passkey' })).toEqual({
    what: 'Confirmed it was you',
    more: 'with passkey',
  })
})

test('names what people called it', () => {
  expect(row('authenticator.removed', { factorLabel: 'Text or call', detail: { name: 'Work' } })).toEqual({
    what: 'Factor removed: text or call',
    more: '“Work”',
  })
})

test('counts sessions', () => {
  expect(row('session.revoked', { detail: { count: 1 } }).what).toBe('One session was signed out')
  expect(row('session.revoked', { detail: { count: 3 } }).what).toBe('3 sessions were signed out')
})

test('an event without a sentence of its own is still said in words', () => {
  expect(row('coffee.brewed-twice')).toEqual({ what: 'Coffee brewed twice' })
})

test('labels keep the capital of a name', () => {
  expect(inSentence('Authenticator app')).toBe('authenticator app')
  expect(inSentence('Countersign Authenticator')).toBe('Countersign Authenticator')
  expect(inSentence('Duo')).toBe('Duo')
})
