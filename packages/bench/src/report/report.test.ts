import { expect, test } from 'vitest'
import { figure, table } from './table.ts'
import { isMet, targetTable } from './target.ts'

test('columns line up and numbers stand to the right', () => {
  expect(
    table(
      ['What', 'p95'],
      [
        ['a', '1.00'],
        ['longer', '12.5'],
      ],
    ),
  ).toBe(['| What   |  p95 |', '| ------ | ---: |', '| a      | 1.00 |', '| longer | 12.5 |'].join('\n'))
})

test.each([
  [0.6543, '0.65'],
  [12.34, '12.3'],
  [1234.5, '1235'],
  [Number.NaN, '–'],
])('%d is written %s', (value, text) => {
  expect(figure(value)).toBe(text)
})

test('a bound is met by its own value, and NaN meets none', () => {
  expect(isMet({ what: 'x', value: 4, unit: '', atMost: 4 })).toBe(true)
  expect(isMet({ what: 'x', value: 4.1, unit: '', atMost: 4 })).toBe(false)
  expect(isMet({ what: 'x', value: 0.6, unit: '', atLeast: 0.6 })).toBe(true)
  expect(isMet({ what: 'x', value: Number.NaN, unit: '', atLeast: 0.6 })).toBe(false)
  expect(targetTable([{ what: 'x', value: 5, unit: 'ms', atMost: 4 }])).toContain('missed')
})
