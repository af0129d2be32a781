import { type ScimUser, scimUserShape } from '@countersign/contract'
import { refuse } from '../refuse.ts'

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'

/**
 * Attribute names in their right case, since they are compared without (RFC 7643 §2.1); a name given twice, in two
 * cases, is one too many.
 */
const known = [
  ...Object.keys(scimUserShape.shape),
  'schemas',
  'formatted',
  'givenName',
  'familyName',
  'value',
  'type',
  'primary',
]
/** Nothing of ours lies deeper; a body of ten thousand brackets must not fill the stack. */
const deepest = 4
const byLowerCase = new Map(known.map((one) => [one.toLowerCase(), one]))

export const inRightCase = (given: unknown, deep = deepest): unknown => {
  if (deep === 0 || typeof given !== 'object' || given === null) return given
  if (Array.isArray(given)) return given.map((one) => inRightCase(one, deep - 1))
  const entries = Object.entries(given).map(
    ([key, one]) => [byLowerCase.get(key.toLowerCase()) ?? key, inRightCase(one, deep - 1)] as const,
  )
  if (new Set(entries.map(([key]) => key)).size < entries.length)
    throw refuse('invalidSyntax', 'An attribute stands there twice.')
  return Object.fromEntries(entries)
}

/** @throws Problem `scim-refused` as invalidValue, naming the attributes */
export const readAttributes = (given: unknown): ScimUser => {
  const parsed = scimUserShape.safeParse(given)
  if (parsed.success) return parsed.data
  const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? 'The body')))
  throw refuse('invalidValue', `${[...names].join(', ')}: not a value that is allowed here.`)
}

/** The body of a POST or PUT. @throws Problem `scim-refused` */
export const readUser = (body: unknown): ScimUser => {
  const given = inRightCase(body)
  const schemas = typeof given === 'object' && given !== null && 'schemas' in given ? given.schemas : null
  if (!Array.isArray(schemas) || !schemas.includes(userSchema))
    throw refuse('invalidSyntax', `schemas has to name ${userSchema}.`)
  return readAttributes(given)
}
