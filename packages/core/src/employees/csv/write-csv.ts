import type { EmployeeRow, StatusKind } from '@countersign/contract'
import { stringify } from 'csv-stringify/sync'

/** Begins a cell, or would where a program splits at other separators than commas: Excel does in half of Europe. */
const beginsFormula = /(?<=(?:^|[;\t\r\n])[\s"]*)[=+\-@＝＋－＠]/g

/**
 * Rows as CSV for people with spreadsheets: what would be taken for a formula is quoted by an apostrophe
 * (OWASP, CSV injection), and the mark in front tells Excel that it is UTF-8.
 */
export const toCsv = (rows: (string | number)[][], first = true): string =>
  (first ? '\uFEFF' : '') +
  stringify(
    rows.map((row) => row.map((cell) => String(cell).replace(beginsFormula, "'$&"))),
    { escape_formulas: true, record_delimiter: 'windows' },
  )

export const exportHeader = [
  'Name',
  'E-mail',
  'Mobile number',
  'Role',
  'Account type',
  '2FA status',
  'Since',
  'Last sign-in',
]

const roleWords = { employee: 'Employee', admin: 'Admin', security_admin: 'Security Admin' }
const typeWords = { employee: 'Employee', client: 'Client' }
const statusWords: Record<StatusKind, string> = {
  secured: 'Secured',
  'not-enrolled': 'Not enrolled',
  pending: 'Pending',
  overdue: 'Overdue',
  'locked-out': 'Locked out',
  deactivated: 'Deactivated',
}

/** The number as digits with the calling code, without +: continuous, no formula, and taken back by an import. */
export const exportCells = (row: EmployeeRow): string[] => [
  row.name,
  row.email,
  row.mobileNumber?.slice(1) ?? '',
  roleWords[row.role],
  typeWords[row.accountType],
  statusWords[row.status.kind],
  row.status.since ?? '',
  row.lastSignInAt ?? '',
]
