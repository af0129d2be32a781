import { type AccountType, type Invite, inviteSchema, type Role, roles } from '@countersign/contract'
import { parseNumber } from '../../factors/phone/number.ts'
import type { Column } from './read-csv.ts'

type Values = Partial<Record<Column, string>>
export type ReadRow =
  | { ok: true; invite: Omit<Invite, 'mobileNumber'>; e164: string | null }
  | { ok: false; why: string }

const refused = (why: string): ReadRow => ({ ok: false, why })

const roleOf = (text: string): Role | null => {
  const plain = text.toLowerCase().replace(/[\s-]+/g, '_')
  return plain === '' ? 'employee' : (roles.find((role) => role === plain) ?? null)
}

const typeOf = (text: string): AccountType | null => {
  const plain = text.toLowerCase().replace(/ account$/, '')
  if (plain === '' || plain === 'employee') return 'employee'
  return plain === 'client' ? 'client' : null
}

/** Digits with the calling code, with or without +, or national digits beside a country. Null stands for none. */
const numberOf = (text: string, country: string): { e164: string | null } | string => {
  const plain = text.replace(/^'/, '')
  if (plain === '') return { e164: null }
  const digits = plain.replace(/\D/g, '')
  if (!/^\+?\d+$/.test(plain))
    return `Mobile number: digits only, with no spaces, brackets or dashes${digits && `. Use ${digits}`}.`
  const number = country && !plain.startsWith('+') ? parseNumber(plain, country) : parseNumber(`+${digits}`)
  return number
    ? { e164: number.e164 }
    : 'Mobile number: not a phone number. Write the calling code first, or name the country.'
}

const sentences: Record<string, string> = {
  name: 'Name: one line of up to 120 characters is needed.',
  email: 'E-mail: that is not an e-mail address.',
}

/** A row as an invitation, or the sentence for the file of errors. Pure. */
export const readRow = (values: Values): ReadRow => {
  const role = roleOf(values.role ?? '')
  if (!role) return refused('Role: one of Employee, Admin, Security Admin.')
  const accountType = typeOf(values.accountType ?? '')
  if (!accountType) return refused('Account type: Employee or Client.')
  const country = (values.country ?? '').toUpperCase()
  if (country && !/^[A-Z]{2}$/.test(country)) return refused('Country: two letters, such as US.')
  const number = numberOf(values.mobileNumber ?? '', country)
  if (typeof number === 'string') return refused(number)
  const person = { name: values.name ?? '', email: values.email ?? '', role, accountType, mobileNumber: null }
  const parsed = inviteSchema.safeParse(person)
  if (!parsed.success)
    return refused(sentences[String(parsed.error.issues[0]?.path[0])] ?? 'Some cells need another look.')
  const { mobileNumber: _, ...invite } = parsed.data
  return { ok: true, invite, e164: number.e164 }
}
