import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EntryInput, type EntryMembership, type EntryPolicy, mayEnter } from './may-enter.ts'

const now = new Date('2026-03-01T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

const portal: EntryPolicy = {
  name: 'Partner Portal',
  disabledAt: null,
  companyIds: null,
  accountTypes: ['employee'],
  roles: ['employee', 'admin', 'security_admin'],
  minimumAal: 1,
  maxAge: null,
}
const grace: EntryMembership = {
  companyId: 'n',
  companyName: 'Northwind IT',
  accountType: 'employee',
  role: 'employee',
}
const carol: EntryMembership = { ...grace, accountType: 'client' }
const atContoso: EntryMembership = { ...grace, companyId: 'c', companyName: 'Contoso' }
const free = { requiredAt: null, requiredFrom: null }
const strict = { requiredAt: ago(60), requiredFrom: null }
const plain = { aal: 1 as const, provenAt: ago(60), remembered: false }
const strong = { ...plain, aal: 2 as const }
const nothing = { aal: 1 as const, maxAge: null, anew: false }

const base: EntryInput = {
  application: portal,
  acting: grace,
  others: [],
  company: free,
  session: strong,
  asked: nothing,
  now,
}

type Row = [what: string, given: Partial<EntryInput>, outcome: string, rule: string]
const asks = (more: Partial<EntryPolicy>) => ({ application: { ...portal, ...more } })

const table: Row[] = [
  ['an employee with a factor', {}, 'enter', 'may-enter'],
  ['an employee by password, nobody asks for more', { session: plain }, 'enter', 'may-enter'],
  ['a disabled application', asks({ disabledAt: ago(1) }), 'refuse', 'application-disabled'],
  ['a client where employees enter', { acting: carol }, 'refuse', 'other-account-type'],
  [
    'a client where clients enter',
    { acting: carol, ...asks({ accountTypes: ['employee', 'client'] }) },
    'enter',
    'may-enter',
  ],
  [
    'an employee where only clients enter',
    asks({ accountTypes: ['client'] }),
    'refuse',
    'other-account-type',
  ],
  ['another company’s application', asks({ companyIds: ['c'] }), 'refuse', 'other-company'],
  ['an application of no company', asks({ companyIds: [] }), 'refuse', 'other-company'],
  ['an application for admins', asks({ roles: ['admin', 'security_admin'] }), 'refuse', 'other-role'],
  ['no company chosen', { acting: null, others: [grace, atContoso] }, 'choose-company', 'company-not-chosen'],
  [
    'no company chosen, disabled',
    { acting: null, ...asks({ disabledAt: now }) },
    'refuse',
    'application-disabled',
  ],
  [
    'the application asks for a factor',
    { session: plain, ...asks({ minimumAal: 2 }) },
    'step-up',
    'application-asks-factor',
  ],
  [
    'remembered on a network, the application asks for a factor',
    { session: { ...plain, remembered: true }, ...asks({ minimumAal: 2 }) },
    'step-up',
    'application-asks-factor',
  ],
  [
    'the request asks for a factor',
    { session: plain, asked: { ...nothing, aal: 2 } },
    'step-up',
    'request-asks-factor',
  ],
  [
    'the request asks for less than the application',
    { session: plain, asked: { ...nothing, aal: 1 }, ...asks({ minimumAal: 2 }) },
    'step-up',
    'application-asks-factor',
  ],
  ['the company requires it', { session: plain, company: strict }, 'step-up', 'company-requires'],
  ['the company’s rule is unreadable', { session: plain, company: null }, 'step-up', 'company-requires'],
  [
    'the company’s date has come',
    { session: plain, company: { requiredAt: null, requiredFrom: now } },
    'step-up',
    'company-requires',
  ],
  [
    'the company requires it, remembered on its network',
    { session: { ...plain, remembered: true }, company: strict },
    'enter',
    'may-enter',
  ],
  ['as old as allowed', asks({ maxAge: 60 }), 'enter', 'may-enter'],
  ['a second older', asks({ maxAge: 59 }), 'fresh', 'too-long-ago'],
  [
    'the request asks for fresher',
    { asked: { ...nothing, maxAge: 30 }, ...asks({ maxAge: 60 }) },
    'fresh',
    'too-long-ago',
  ],
  [
    'the request asks for less fresh',
    { asked: { ...nothing, maxAge: 600 }, ...asks({ maxAge: 30 }) },
    'fresh',
    'too-long-ago',
  ],
  ['max_age=0', { asked: { ...nothing, maxAge: 0 } }, 'fresh', 'too-long-ago'],
  [
    'a check in the future',
    { session: { ...strong, provenAt: ago(-1) }, ...asks({ maxAge: 60 }) },
    'fresh',
    'too-long-ago',
  ],
  ['prompt=login', { asked: { ...nothing, anew: true } }, 'fresh', 'asked-anew'],
  [
    'refused before asked for a factor',
    { acting: carol, session: plain, company: strict },
    'refuse',
    'other-account-type',
  ],
]

describe('who enters an application', () => {
  test.each(table)('%s → %o %s, because %s', (_what, given, outcome, rule) => {
    expect(mayEnter({ ...base, ...given })).toMatchObject({ outcome, reason: { rule } })
  })

  test('a refusal names the application, what is missing and whom to ask', () => {
    expect(mayEnter({ ...base, acting: carol }).reason).toEqual({
      rule: 'other-account-type',
      application: 'Partner Portal',
      company: 'Northwind IT',
      accountTypes: ['employee'],
      ask: 'support',
    })
  })

  test('somebody of two companies is told from which one they enter', () => {
    const given = { ...base, ...asks({ companyIds: ['c'] }), others: [atContoso] }
    expect(mayEnter(given).reason).toMatchObject({ rule: 'other-company', enterFrom: ['Contoso'] })
  })
})

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const seconds = fc.integer({ min: -10, max: 100 })
const moment = seconds.map(ago)
const aal = fc.constantFrom(1 as const, 2 as const)
const member: fc.Arbitrary<EntryMembership> = fc.record({
  companyId: fc.constantFrom('n', 'c', 'f'),
  companyName: fc.constantFrom('Northwind IT', 'Contoso'),
  accountType: fc.constantFrom('employee' as const, 'client' as const),
  role: fc.constantFrom('employee' as const, 'admin' as const, 'security_admin' as const),
})
const anything: fc.Arbitrary<EntryInput> = fc.record({
  application: fc.record({
    name: fc.constant('Backup'),
    disabledAt: fc.option(moment, { nil: null, freq: 5 }),
    companyIds: maybe(fc.subarray(['n', 'c', 'f'])),
    accountTypes: fc.subarray(['employee' as const, 'client' as const]),
    roles: fc.subarray(['employee' as const, 'admin' as const, 'security_admin' as const], { minLength: 1 }),
    minimumAal: aal,
    maxAge: maybe(fc.nat(100)),
  }),
  acting: fc.option(member, { nil: null, freq: 8 }),
  others: fc.array(member, { maxLength: 2 }),
  company: maybe(fc.record({ requiredAt: maybe(moment), requiredFrom: maybe(moment) })),
  session: fc.record({ aal, provenAt: moment, remembered: fc.boolean() }),
  asked: fc.record({ aal, maxAge: maybe(fc.nat(100)), anew: fc.boolean() }),
  now: fc.constant(now),
})

const enters = (given: EntryInput) => mayEnter(given).outcome === 'enter'
const application = (given: EntryInput, more: Partial<EntryPolicy>): EntryInput => ({
  ...given,
  application: { ...given.application, ...more },
})

const tightenings: Record<string, (given: EntryInput) => EntryInput> = {
  disabled: (given) => application(given, { disabledAt: now }),
  'no company may': (given) => application(given, { companyIds: [] }),
  'fewer account types': (given) => application(given, { accountTypes: [] }),
  'fewer roles': (given) => application(given, { roles: given.application.roles.slice(1) }),
  'a factor is asked': (given) => application(given, { minimumAal: 2 }),
  'fresher is asked': (given) => application(given, { maxAge: 1 }),
  'the request asks for a factor': (given) => ({ ...given, asked: { ...given.asked, aal: 2 } }),
  'the request asks for fresher': (given) => ({ ...given, asked: { ...given.asked, maxAge: 0 } }),
  'the request asks anew': (given) => ({ ...given, asked: { ...given.asked, anew: true } }),
  'the company requires': (given) => ({ ...given, company: { requiredAt: now, requiredFrom: null } }),
  'the company is unreadable': (given) => ({ ...given, company: null }),
  'no longer remembered': (given) => ({ ...given, session: { ...given.session, remembered: false } }),
  'the password alone': (given) => ({ ...given, session: { ...given.session, aal: 1 } }),
}

describe('entering, whatever the circumstances', () => {
  test('total, deterministic, touches nothing', () => {
    fc.assert(
      fc.property(anything, (given) => {
        const before = JSON.stringify(given)
        expect(mayEnter(structuredClone(given))).toEqual(mayEnter(given))
        expect(JSON.stringify(given)).toBe(before)
      }),
    )
  })

  test.each(Object.keys(tightenings))('tightening (%s) never opens the door', (name) => {
    fc.assert(
      fc.property(anything, (given) => {
        if (!enters(given)) expect(enters(tightenings[name]?.(given) ?? given)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test('whoever enters satisfies the application, the request and the company', () => {
    fc.assert(
      fc.property(anything, (given) => {
        if (!enters(given)) return
        const { application, acting, session, asked } = given
        expect(application.disabledAt).toBeNull()
        expect(application.accountTypes).toContain(acting?.accountType)
        expect(application.roles).toContain(acting?.role)
        if (application.companyIds) expect(application.companyIds).toContain(acting?.companyId)
        expect(session.aal).toBeGreaterThanOrEqual(Math.max(application.minimumAal, asked.aal))
        const age = (now.getTime() - session.provenAt.getTime()) / 1000
        for (const limit of [application.maxAge, asked.maxAge])
          if (limit !== null) expect(age).toBeLessThanOrEqual(limit)
        expect(asked.anew).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })

  test('no session is strong enough for what is refused', () => {
    fc.assert(
      fc.property(anything, (given) => {
        if (mayEnter(given).outcome !== 'refuse') return
        const best = { aal: 2 as const, provenAt: now, remembered: false }
        expect(mayEnter({ ...given, session: best }).outcome).toBe('refuse')
      }),
    )
  })
})
