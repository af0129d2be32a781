import { inviteSchema, type ScimUser } from '@countersign/contract'
import type { NumberOnFile } from '../../db/stores/employees/write.ts'
import type { ScimRow } from '../../db/stores/scim/members.ts'
import { unsuitableKind } from '../../factors/phone/number.ts'
import { refuse } from '../refuse.ts'
import { emailIn, mobileIn, nameIn, readNumber } from '../resource/meaning.ts'

/** What a directory wants somebody to be, judged by the rules of Manage Employees. */
export type Wanted = {
  user: ScimUser
  name: string
  email: string
  /** Undefined where nothing changes. */
  number: NumberOnFile | null | undefined
}

const { name: nameShape, email: emailShape } = inviteSchema.shape

/** As from a file of people, the line is not looked up yet: each question costs, and a token may be stolen. */
const numberWanted = (user: ScimUser, onFile: string | null): NumberOnFile | null | undefined => {
  const written = mobileIn(user)
  if (written === undefined) return undefined
  if (written === null) return onFile === null ? undefined : null
  const number = readNumber(written)
  if (!number)
    throw refuse('invalidValue', 'phoneNumbers: write the mobile number with its calling code, such as +44…')
  if (unsuitableKind(number.type))
    throw refuse('invalidValue', 'phoneNumbers: this kind of number cannot receive codes.')
  return number.e164 === onFile ? undefined : { e164: number.e164, lineType: null }
}

/** Reads what a body means. Pure. @throws Problem `scim-refused` */
export const readWanted = (user: ScimUser, row: ScimRow | null): Wanted => {
  const email = emailShape.safeParse(emailIn(user))
  if (!email.success)
    throw refuse('invalidValue', 'emails: an e-mail address is needed there, or as userName.')
  const name = nameShape.safeParse(nameIn(user) ?? row?.name ?? email.data)
  if (!name.success) throw refuse('invalidValue', 'displayName: one line of up to 120 characters.')
  const number = numberWanted(user, row?.mobileNumber ?? null)
  return { user, name: name.data, email: email.data, number }
}

/** What is kept as the directory wrote it. */
export const writtenIn = ({ userName, externalId, displayName, name, emails, phoneNumbers }: ScimUser) => ({
  userName,
  externalId: externalId ?? null,
  attributes: { displayName, name, emails, phoneNumbers },
})
