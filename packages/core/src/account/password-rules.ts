import type { ProblemCode } from '@countersign/contract'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { isCommon } from './common-passwords.ts'

/** Comparable form: case, spaces and punctuation do not make a guess harder. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** True when the whole password is made of these words, however often and in whatever order. */
const isMadeOf = (password: string, words: string[]): boolean => {
  let rest = bare(password)
  for (const word of words
    .map(bare)
    .filter((one) => one.length > 2)
    .sort((a, b) => b.length - a.length))
    rest = rest.replaceAll(word, ' ')
  return /^[\s\d]*$/.test(rest)
}

/**
 * Length and blocklist, no composition rules (NIST SP 800-63B §3.1.1.2, ASVS 6.2). Says which rule and why.
 * @returns null when the password will do
 */
const weakness = (password: string, context: string[]): ProblemCode | null => {
  const length = [...password.normalize('NFC')].length
  if (length < parameters.password.minLength) return 'password-too-short'
  if (length > parameters.password.maxLength) return 'password-too-long'
  if (isCommon(password)) return 'password-common'
  if (isMadeOf(password, ['countersign', 'password', ...context])) return 'password-context'
  return null
}

/** @throws Problem with the field `next` */
export const requireStrong = (
  password: string,
  person: { name: string; email: string },
  companies: string[],
) => {
  const context = [
    ...person.name.split(/\s+/),
    ...person.email.split(/[@.]/),
    ...companies.flatMap((name) => name.split(/\s+/)),
  ]
  const code = weakness(password, context)
  if (code) throw new Problem(code, { fields: { next: code } })
}
