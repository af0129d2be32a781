import type { EditEmployee, EmployeeView } from '@countersign/contract/employees'
import type { Role } from '@countersign/contract/session'
import type { PhoneText } from '../../../ui/phone/phone-text.ts'
import { digitsOf, numberText, roleText } from '../words.ts'

export type EmployeeFields = { name: string; email: string; role: Role; mobileNumber: PhoneText }

export const fieldsOf = (employee: EmployeeView): EmployeeFields => ({
  name: employee.name,
  email: employee.email,
  role: employee.role,
  mobileNumber: digitsOf(employee.mobileNumber),
})

const sameNumber = (a: PhoneText, b: PhoneText) =>
  a.national === b.national && (a.country === b.country || a.national === '')

/** Only what this admin changed is sent, so that what another changed meanwhile stays. */
export const changesTo = (opened: EmployeeFields, now: EmployeeFields): Omit<EditEmployee, 'version'> => ({
  ...(now.name.trim() !== opened.name && { name: now.name.trim() }),
  ...(now.email.trim() !== opened.email && { email: now.email.trim() }),
  ...(now.role !== opened.role && { role: now.role }),
  ...(!sameNumber(now.mobileNumber, opened.mobileNumber) && {
    mobileNumber: now.mobileNumber.national.trim() === '' ? null : now.mobileNumber,
  }),
})

/** What somebody else changed since the dialog was opened, in words. */
export const meanwhile = (opened: EmployeeView, latest: EmployeeView): string[] => [
  ...(opened.name !== latest.name ? [`the name is now ${latest.name}`] : []),
  ...(opened.email !== latest.email ? [`the e-mail address is now ${latest.email}`] : []),
  ...(opened.role !== latest.role ? [`the role is now ${roleText[latest.role]}`] : []),
  ...(opened.mobileNumber !== latest.mobileNumber
    ? [
        latest.mobileNumber
          ? `the number is now ${numberText(latest.mobileNumber)}`
          : 'there is no number now',
      ]
    : []),
]
