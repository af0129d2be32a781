import type { Standing } from '@countersign/core/db/stores/applications/passes'

/** UTF-8 as the bytes of a header, which HTTP takes for Latin-1; control characters have no place there. */
const inHeader = (text: string): string => (/^[ -~]*$/.test(text) ? text : encoded(text))

const encoded = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  Buffer.from(text.replace(/[\u0000-\u001f\u007f]/g, ' '), 'utf8').toString('latin1')

/** Groups an application can build rules on: account type, role, company. */
const groupsOf = ({ accountType, role, companyId }: Standing): string =>
  [accountType, ...(role === accountType ? [] : [role]), `company:${companyId}`].join(',')

/**
 * Who somebody is, for an application. Remote-User is the id that never changes hands: an e-mail address can be given
 * to somebody else.
 */
export const remoteHeaders = (person: Standing): Record<string, string> => ({
  'Remote-User': person.personId,
  'Remote-Email': inHeader(person.email),
  'Remote-Name': inHeader(person.personName),
  'Remote-Groups': groupsOf(person),
})
