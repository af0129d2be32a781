import type { ScimAttributes, ScimValue } from '../../db/schema/scim.ts'
import { parseNumber } from '../../factors/phone/number.ts'

/** What a directory means by what it wrote: the one name, address and number that we keep of a person. */

export const nameIn = ({ displayName, name }: ScimAttributes): string | undefined =>
  displayName ??
  name?.formatted ??
  ([name?.givenName, name?.familyName].filter(Boolean).join(' ') || undefined)

/** The primary address, else the one for work, else the first. */
export const emailAt = (emails: ScimValue[] | undefined): number => {
  const all = emails ?? []
  const primary = all.findIndex((one) => one.primary)
  const work = all.findIndex((one) => one.type?.toLowerCase() === 'work')
  if (primary >= 0) return primary
  if (work >= 0) return work
  return all.length > 0 ? 0 : -1
}

/** A directory that gives no addresses means the user name. */
export const emailIn = (user: ScimAttributes & { userName: string }): string =>
  user.emails?.[emailAt(user.emails)]?.value ?? user.userName

/** The primary one for mobiles, else the first. */
export const mobileAt = (numbers: ScimValue[] | undefined): number => {
  const all = (numbers ?? []).map((one) => one.type?.toLowerCase() === 'mobile')
  const primary = all.findIndex((mobile, index) => mobile && numbers?.[index]?.primary)
  return primary >= 0 ? primary : all.indexOf(true)
}

/** Null for none, undefined where nothing is said about numbers. */
export const mobileIn = ({ phoneNumbers }: ScimAttributes): string | null | undefined =>
  phoneNumbers && (phoneNumbers[mobileAt(phoneNumbers)]?.value ?? null)

/** As directories write numbers: with spaces, dashes and brackets, or as a tel: address (RFC 3966). */
export const readNumber = (text: string) => parseNumber(text.replace(/^tel:/i, ''))
