import type { AuditRow } from '@countersign/contract/audit'
import { type Reason, reasonRules } from '@countersign/contract/sign-in'
import { momentText } from '../ui/status/moment.ts'
import { reasonSentence } from './reason.ts'

/** Events whose name alone does not say enough. */
const words: Record<string, string> = {
  'sign-in.password': 'Password entered',
  'sign-in.factor': 'Second factor checked',
  'sign-in.finished': 'Signed in',
  'sign-in.reminded': 'Put 2FA off for 48 hours',
  'sign-in.throttled': 'Sign-in had to wait',
  'step-up': 'Confirmed with the second factor',
  'application.entered': 'Opened an application',
  'application.refused': 'Not let into an application',
  'not-me': '“This wasn’t me” pressed',
  'requirement.on': '2FA required from now on',
  'requirement.announced': 'Date for requiring 2FA announced',
  'requirement.withdrawn': 'Announced date withdrawn',
  'trust.reused': 'Copy of a trusted browser refused',
  'company.break-glass': 'Emergency access by the operator',
}

/** "authenticator.added" → "Authenticator added". */
export const eventText = (event: string): string => {
  const known = words[event]
  if (known) return known
  const plain = event.replaceAll(/[.-]/gu, ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

const isReason = (detail: AuditRow['detail']): detail is AuditRow['detail'] & Reason =>
  reasonRules.some((rule) => rule === detail.rule)

const keys: Record<string, string> = { cidr: 'address', door: 'by way of', rule: 'because of' }

const spoken = (key: string): string => keys[key] ?? key.replaceAll(/([A-Z])/gu, ' $1').toLowerCase()

const isMoment = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u
const isId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u

const plain = (key: string, value: string | number | boolean): string => {
  if (typeof value !== 'string') return String(value)
  if (isMoment.test(value)) return momentText(value).full
  return key === 'rule' ? value.replaceAll('-', ' ') : value
}

/** The rule behind a decision as the sentence the person saw; anything else as its plain facts, without ids. */
export const detailText = ({ detail }: Pick<AuditRow, 'detail'>): string => {
  if (isReason(detail))
    return reasonSentence(detail)
      .replace(/^You were/u, 'They were')
      .replaceAll('your', 'their')
  return Object.entries(detail)
    .flatMap(([key, value]) =>
      // Ids say nothing to a reader; exports have them.
      value === null || value === '' || isId.test(String(value))
        ? []
        : [`${spoken(key)}: ${plain(key, value)}`],
    )
    .join(', ')
}
