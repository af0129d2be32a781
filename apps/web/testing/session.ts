import type { SessionView } from '@countersign/contract/session'

/** Grace, signed in with her app. */
export const session: SessionView = {
  person: { id: '1', name: 'Grace Lindqvist', email: 'grace@northwind.test' },
  company: { id: 'n', name: 'Northwind IT' },
  severalCompanies: false,
  role: 'employee',
  accountType: 'employee',
  aal: 2,
  amr: ['pwd', 'otp'],
  factorAt: '2026-11-22T09:00:00Z',
  expiresAt: '2026-11-22T21:00:00Z',
}
