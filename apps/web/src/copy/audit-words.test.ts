import { expect, test } from 'vitest'
import { detailText, eventText } from './audit-words.ts'

test('an event is named, by words of its own or by its parts', () => {
  expect(eventText('step-up')).toBe('Confirmed with the second factor')
  expect(eventText('authenticator.added')).toBe('Authenticator added')
})

test('a decision is told as the sentence the person saw', () => {
  expect(detailText({ detail: { rule: 'has-factor' } })).toMatch(/^They were asked because/)
})

test('other facts are told plainly: moments as people write them, and no ids', () => {
  const detail = {
    at: '2026-11-22T09:17:35.573Z',
    door: 'company',
    webhook: '63839194-c6da-4385-b827-abd69303bffb',
    sessionsEnded: 0,
    note: null,
  }
  expect(detailText({ detail })).toMatch(
    /^at: 22 November 2026 at \d\d:\d\d, by way of: company, sessions ended: 0$/,
  )
})
