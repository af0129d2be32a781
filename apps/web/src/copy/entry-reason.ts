import type { EntryReason } from '@countersign/contract/applications'

const kinds = { employee: 'employees', client: 'client accounts' }
const roles = { employee: 'employees', admin: 'Admins', security_admin: 'Security Admins' }

const list = (words: string[], last: 'and' | 'or' = 'and'): string =>
  words.length < 2 ? (words[0] ?? 'nobody') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

const sentences: Record<EntryReason['rule'], (reason: EntryReason) => string> = {
  'may-enter': ({ application }) => `You may open ${application}.`,
  'application-disabled': ({ application }) => `${application} is switched off for everybody.`,
  'company-not-chosen': ({ application }) => `Choose a company first, then open ${application}.`,
  'other-company': ({ application, company }) => `${application} is not open to people of ${company}.`,
  'other-account-type': ({ application, accountTypes = [] }) =>
    `${application} is for ${list(accountTypes.map((one) => kinds[one]))} only.`,
  'other-role': ({ application, roles: named = [] }) =>
    `${application} is for ${list(named.map((one) => roles[one]))} only.`,
  'application-asks-factor': ({ application }) => `${application} asks for a second factor.`,
  'request-asks-factor': ({ application }) => `${application} asks for a second factor this time.`,
  'company-requires': ({ company }) => `${company} requires two-factor authentication.`,
  'too-long-ago': ({ application }) => `${application} asks for a fresher check than your last one.`,
  'asked-anew': ({ application }) => `${application} asks you to prove once more who you are.`,
}

/** Why somebody is, or is not, let into an application. */
export const entrySentence = (reason: EntryReason): string => sentences[reason.rule](reason)

/** Who can change it; for people of several companies, from which one it works. */
export const whomToAsk = ({ ask, company, application, enterFrom = [] }: EntryReason): string => {
  if (enterFrom.length > 0)
    return `Switch to ${list(enterFrom, 'or')} in the menu under your name, then open ${application} again.`
  if (ask === 'security-admin') return `A Security Admin of ${company} can give you another role.`
  if (ask === 'support') return 'Contact support: yours is a client account.'
  return 'Ask whoever runs this portal.'
}
