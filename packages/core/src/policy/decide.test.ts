import { describe, expect, test } from 'vitest'
import { days, hours } from '../clock.ts'
import { type CompanyPolicy, type DecideInput, decide, isRequired } from './decide.ts'

const now = new Date('2026-03-01T12:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const ahead = (ms: number) => new Date(now.getTime() + ms)

const company = (more: Partial<CompanyPolicy> = {}): CompanyPolicy => ({
  id: 'a',
  name: 'Northwind IT',
  requiredAt: null,
  requiredFrom: null,
  usesDuo: false,
  ...more,
})
type Membership = DecideInput['memberships'][number]
const employee = (policy: CompanyPolicy | null = company(), more: Partial<Membership> = {}): Membership => ({
  policy,
  accountType: 'employee',
  remindAt: null,
  ...more,
})
const other = company({ id: 'b', name: 'Contoso Resellers' })
const required = company({ requiredAt: ago(days(1)) })
const duo = company({ usesDuo: true })

const usable = [{ locked: false }]
const locked = [{ locked: true }]
const office = { name: 'Office' }
const checked = (ms: number) => ({ verifiedAt: ago(ms) })

type Row = [what: string, given: Partial<DecideInput>, outcome: string, rule: string]

const table: Row[] = [
  ['nobody’s employee', { memberships: [] }, 'refuse', 'not-a-member'],
  ['nobody’s employee with a factor', { memberships: [], factors: usable }, 'refuse', 'not-a-member'],

  ['no factor', {}, 'remind', 'no-factor'],
  [
    'no factor, reminder running',
    { memberships: [employee(company(), { remindAt: ahead(1) })] },
    'let-in',
    'reminded-later',
  ],
  [
    'no factor, reminder due now',
    { memberships: [employee(company(), { remindAt: now })] },
    'remind',
    'no-factor',
  ],
  ['no factor, required', { memberships: [employee(required)] }, 'must-enrol', 'company-requires'],
  [
    'no factor, required, reminder running',
    { memberships: [employee(required, { remindAt: ahead(hours(48)) })] },
    'must-enrol',
    'company-requires',
  ],
  [
    'no factor, requirement announced',
    { memberships: [employee(company({ requiredFrom: ahead(1) }))] },
    'remind',
    'no-factor',
  ],
  [
    'no factor, announced day has come',
    { memberships: [employee(company({ requiredFrom: now }))] },
    'must-enrol',
    'company-requires',
  ],
  ['no factor, policy unreadable', { memberships: [employee(null)] }, 'must-enrol', 'policy-unreadable'],
  [
    'no factor, client of a company that requires',
    { memberships: [employee(required, { accountType: 'client' })] },
    'must-enrol',
    'company-requires',
  ],
  [
    'no factor, two companies, the other requires',
    { memberships: [employee(other), employee(required)] },
    'must-enrol',
    'company-requires',
  ],
  [
    'no factor, two companies, one reminder of two',
    { memberships: [employee(other, { remindAt: ahead(1) }), employee()] },
    'remind',
    'no-factor',
  ],
  ['factor reset, passcode due', { passcodeDue: true }, 'passcode', 'factor-reset'],
  [
    'factor reset, passcode due, required',
    { passcodeDue: true, memberships: [employee(required)] },
    'passcode',
    'factor-reset',
  ],

  ['a factor', { factors: usable }, 'challenge', 'has-factor'],
  [
    'a factor, reminder running',
    { factors: usable, memberships: [employee(company(), { remindAt: ahead(1) })] },
    'challenge',
    'has-factor',
  ],
  ['a locked factor', { factors: locked }, 'locked', 'factor-locked'],
  [
    'a locked factor, reminder running',
    { factors: locked, memberships: [employee(company(), { remindAt: ahead(1) })] },
    'locked',
    'factor-locked',
  ],
  ['one locked, one usable', { factors: [...locked, ...usable] }, 'challenge', 'has-factor'],

  [
    'trusted network, never checked there',
    { factors: usable, network: office },
    'challenge',
    'other-network',
  ],
  [
    'trusted network, checked just now',
    { factors: usable, network: office, trust: checked(0) },
    'skip',
    'trusted-network',
  ],
  [
    'trusted network, checked 21 days ago',
    { factors: usable, network: office, trust: checked(days(21)) },
    'skip',
    'trusted-network',
  ],
  [
    'trusted network, a moment more than 21 days',
    { factors: usable, network: office, trust: checked(days(21) + 1) },
    'challenge',
    'trust-expired',
  ],
  ['checked, but not from the network', { factors: usable, trust: checked(0) }, 'challenge', 'has-factor'],
  [
    'a check in the future',
    { factors: usable, network: office, trust: checked(-1) },
    'challenge',
    'trust-expired',
  ],
  [
    'trusted network, required',
    { factors: usable, network: office, trust: checked(0), memberships: [employee(required)] },
    'skip',
    'trusted-network',
  ],
  [
    'trusted network, a client',
    {
      factors: usable,
      network: office,
      trust: checked(0),
      memberships: [employee(company(), { accountType: 'client' })],
    },
    'challenge',
    'client-account',
  ],
  [
    'trusted network, two companies',
    { factors: usable, network: office, trust: checked(0), memberships: [employee(), employee(other)] },
    'challenge',
    'has-factor',
  ],
  [
    'trusted network, policy unreadable',
    { factors: usable, network: office, trust: checked(0), memberships: [employee(null)] },
    'challenge',
    'has-factor',
  ],
  ['trusted network, no factor', { network: office, trust: checked(0) }, 'remind', 'no-factor'],
  [
    'trusted network, locked factor',
    { factors: locked, network: office, trust: checked(0) },
    'locked',
    'factor-locked',
  ],

  ['Duo, no factor', { memberships: [employee(duo)] }, 'duo', 'duo'],
  ['Duo, a factor', { memberships: [employee(duo)], factors: usable }, 'duo', 'duo'],
  [
    'Duo, trusted network',
    { memberships: [employee(duo)], factors: usable, network: office, trust: checked(0) },
    'duo',
    'duo',
  ],
  [
    'Duo, two companies, a factor',
    { memberships: [employee(duo), employee(other)], factors: usable },
    'challenge',
    'duo-not-for-several-companies',
  ],
  ['Duo, two companies, no factor', { memberships: [employee(duo), employee(other)] }, 'remind', 'no-factor'],
  [
    'Duo, two companies, required, no factor',
    { memberships: [employee(duo), employee(required)] },
    'must-enrol',
    'company-requires',
  ],
]

describe('what a right password leads to', () => {
  test.each(table)('%s → %o %s, because %s', (_what, given, outcome, rule) => {
    const input = {
      memberships: [employee()],
      factors: [],
      passcodeDue: false,
      network: null,
      trust: null,
      now,
    }
    expect(decide({ ...input, ...given })).toMatchObject({ outcome, reason: { rule } })
  })

  test('the reason carries its numbers', () => {
    const given = { memberships: [employee()], factors: usable, passcodeDue: false, network: office, now }
    expect(decide({ ...given, trust: checked(days(22)) }).reason).toEqual({
      rule: 'trust-expired',
      network: 'Office',
      days: 22,
    })
  })

  test('whoever may put it off is told the day of the first company that announced one', () => {
    const memberships = [
      employee(company({ requiredFrom: ahead(days(9)) })),
      employee({ ...other, requiredFrom: ahead(days(2)) }),
    ]
    const given = { memberships, factors: [], passcodeDue: false, network: null, trust: null, now }
    expect(decide(given)).toEqual({
      outcome: 'remind',
      reason: { rule: 'no-factor', company: 'Contoso Resellers', at: ahead(days(2)).toISOString() },
    })
    expect(decide({ ...given, memberships: [employee()] }).reason).toEqual({ rule: 'no-factor' })
  })
})

test.each([
  ['nothing', company(), false],
  ['required', required, true],
  ['announced', company({ requiredFrom: ahead(1) }), false],
  ['announced for now', company({ requiredFrom: now }), true],
  ['unreadable', null, true],
])('a policy that says %s: %o is in force: %s', (_what, policy, inForce) => {
  expect(isRequired(policy, now)).toBe(inForce)
})
