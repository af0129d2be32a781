import type { StatusKind } from '@countersign/contract/employees'
import type { AccountType, Role } from '@countersign/contract/session'
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { type PhoneText, readPhone } from '../../ui/phone/phone-text.ts'

export const roleText: Record<Role, string> = {
  employee: 'Employee',
  admin: 'Admin',
  security_admin: 'Security Admin',
}

export const accountText: Record<AccountType, string> = { employee: 'Employee', client: 'Client' }

export const statusText: Record<StatusKind, string> = {
  secured: 'Secured',
  'not-enrolled': 'Not enrolled',
  pending: 'Pending',
  overdue: 'Overdue',
  'locked-out': 'Locked out',
  deactivated: 'Deactivated',
}

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** "19 Nov", short enough for a badge. */
export const shortDate = (at: string | null): string | undefined =>
  at === null ? undefined : dayMonth.format(new Date(at))

/** "+1 415 555 0102". */
export const numberText = (e164: string): string =>
  parsePhoneNumberFromString(e164)?.formatInternational() ?? e164

const home: CountryCode = 'US'

/** A number on file as the dialog edits it: a country and digits. */
export const digitsOf = (e164: string | null): PhoneText => {
  if (e164 === null) return { country: home, national: '' }
  const { country, national } = readPhone(e164, home)
  return { country, national: national.replace(/\D/gu, '') }
}
