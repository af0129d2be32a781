import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { Problem } from '../problem.ts'
import { parseRange } from './range.ts'

const codeOf = (typed: string, allowPrivate = false): string => {
  try {
    return parseRange(typed, allowPrivate)
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

describe('a trusted range', () => {
  test.each([
    ['198.51.100.0/24', '198.51.100.0/24'],
    ['198.51.100.77/24', '198.51.100.0/24'],
    [' 203.0.113.64/27 ', '203.0.113.64/27'],
    ['203.0.113.9', '203.0.113.9/32'],
    ['93.184.0.0/16', '93.184.0.0/16'],
    ['2001:4860:abcd::/48', '2001:4860:abcd::/48'],
    ['2001:4860::/32', '2001:4860::/32'],
    ['2001:4860:abcd::1', '2001:4860:abcd::1/128'],
    ['::ffff:203.0.113.0/120', '203.0.113.0/24'],
  ])('%s is taken as %s', (typed, canonical) => {
    expect(codeOf(typed)).toBe(canonical)
  })

  test.each([
    ['0.0.0.0/0'],
    ['::/0'],
    ['0.0.0.0/1'],
    ['128.0.0.0/1'],
    ['93.0.0.0/8'],
    ['93.184.0.0/15'],
    ['2001:4860::/31'],
    ['::ffff:0.0.0.0/96'],
    ['::ffff:0:0/80'],
  ])('%s is too wide', (typed) => {
    expect(codeOf(typed, true)).toBe('network-too-wide')
  })

  test.each([
    ['10.0.0.0/16'],
    ['172.16.5.0/24'],
    ['192.168.1.1'],
    ['127.0.0.1'],
    ['100.64.0.0/16'],
    ['169.254.0.0/16'],
    ['0.0.0.0/16'],
    ['224.0.0.0/24'],
    ['255.255.255.255'],
    ['fc00::/48'],
    ['fe80::/64'],
    ['::1'],
    ['ff02::1'],
    ['::ffff:10.0.0.0/112'],
  ])('%s says nothing about a place', (typed) => {
    expect(codeOf(typed)).toBe('network-private')
  })

  test('the operator may allow private ranges', () => {
    expect(codeOf('10.20.0.0/16', true)).toBe('10.20.0.0/16')
  })

  test.each([
    [''],
    ['/24'],
    ['198.51.100.0/'],
    ['198.51.100.0/33'],
    ['198.51.100.0/-1'],
    ['198.51.100.0/24/24'],
    ['198.51.100.0/2 4'],
    ['198.51.100.0-198.51.100.9'],
    ['198.51.100'],
    ['0x7f.1'],
    ['010.0.0.1'],
    ['3325256704'],
    ['example.com'],
    ['fe80::1%eth0'],
    ['2001:db8::/129'],
    ['1.2.3.4:80'],
    ['١٩٨.51.100.0'],
  ])('“%s” is no network', (typed) => {
    expect(codeOf(typed)).toBe('network-invalid')
  })

  test('whatever is typed, there is an answer, and what is taken is canonical and narrow enough', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.tuple(fc.ipV4(), fc.integer({ min: -1, max: 40 })).map(([ip, bits]) => `${ip}/${bits}`),
      fc.tuple(fc.ipV6(), fc.integer({ min: -1, max: 140 })).map(([ip, bits]) => `${ip}/${bits}`),
    )
    fc.assert(
      fc.property(typed, (text) => {
        const answer = codeOf(text)
        if (answer.startsWith('network-')) return
        const [address, bits] = ipaddr.parseCIDR(answer)
        expect(bits).toBeGreaterThanOrEqual(address.kind() === 'ipv4' ? 16 : 32)
        expect(parseRange(answer, false)).toBe(answer)
      }),
      { numRuns: 2000 },
    )
  })
})
