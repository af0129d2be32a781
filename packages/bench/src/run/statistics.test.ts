import { expect, test } from 'vitest'
import { median, percentile, ratio, summarise, toRound } from './statistics.ts'

const hundred = Array.from({ length: 100 }, (_, index) => index + 1)

test('a percentile is a value that was measured', () => {
  expect(percentile(hundred, 0.5)).toBe(50)
  expect(percentile(hundred, 0.95)).toBe(95)
  expect(percentile(hundred, 0.99)).toBe(99)
  expect(percentile([7], 0.99)).toBe(7)
})

test('the median of an even number lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([3, 1, 2])).toBe(2)
})

test('a round counts per second and per 1000 operations', () => {
  expect(toRound(hundred, 500, 50, 25)).toMatchObject({ throughput: 200, cpu: 500, databaseCpu: 250 })
})

test('a summary keeps the spread, and a ratio compares round by round', () => {
  const slow = toRound(hundred, 1000, 10, 10)
  const fast = toRound(hundred, 500, 10, 10)
  expect(summarise([slow, fast, fast])).toMatchObject({ throughput: 200, slowest: 100, fastest: 200 })
  expect(ratio([slow, fast], [fast, fast], 'throughput')).toBe(0.75)
})
