import { parameters } from '@countersign/core/policy/parameters'
import { beforeEach, expect, test } from 'vitest'
import { directory } from '../testing/directory.ts'
import { browser, testPortal } from '../testing/portal.ts'
import { authorize, backup, newVerifier } from '../testing/relying-party.ts'

const portal = await testPortal()
beforeEach(() => portal.play('fresh'))

/** Addresses of the one network that any customer is given whole. */
const mine = (n: number) => `2001:db8:7:7::${n.toString(16)}`
const pairing = {
  code: 'A'.repeat(22),
  publicKey: 'A'.repeat(100),
  secret: 'A'.repeat(27),
  name: 'Phone',
  signature: 'A'.repeat(86),
}

/** Doors that anybody may knock at: what a knock looks like, and the limit of one client. */
const doors: [string, number, (address: string) => Promise<boolean>][] = [
  [
    'tokens of a directory',
    parameters.scim.wrongPerWindow,
    async (address) => (await directory(portal, 'wrong', { address }).get('/Users')).status === 429,
  ],
  [
    'pairing codes',
    parameters.pairing.perAddress,
    async (address) =>
      (await browser(portal, address).post('/api/authenticator/pairings', pairing)).status === 429,
  ],
  [
    'sign-ins begun for an application',
    parameters.interactions.perAddress,
    async (address) =>
      (await authorize(browser(portal, address), backup, newVerifier())).includes('temporarily_unavailable'),
  ],
]

test.each(doors)(
  'A-19 %s: changing the address within a /64 opens no new count',
  async (_name, limit, isRefused) => {
    for (let n = 1; n <= limit; n += 1) expect(await isRefused(mine(n))).toBe(false)
    expect(await isRefused(mine(limit + 1))).toBe(true)
    expect(await isRefused('2001:db8:7:8::1')).toBe(false)
  },
)
