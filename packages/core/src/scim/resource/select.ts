import { refuse } from '../refuse.ts'
import { userSchema } from './read-user.ts'
import type { ScimResource } from './show-user.ts'

/** What a directory asks to see, or not to see (RFC 7644 §3.9). */
export type Selection = { attributes?: string | undefined; excludedAttributes?: string | undefined }

const namesIn = (list: string): Set<string> =>
  new Set(
    list
      .toLowerCase()
      .split(',')
      .map((one) => one.trim().replace(`${userSchema.toLowerCase()}:`, ''))
      .filter(Boolean),
  )

const always = new Set(['id', 'schemas'])

const subOf = (value: unknown, keep: (sub: string) => boolean): unknown => {
  if (Array.isArray(value)) return value.map((one) => subOf(one, keep))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => keep(key.toLowerCase())))
}

/** @throws Problem `scim-refused` where both are given */
export const select = (resource: ScimResource, { attributes, excludedAttributes }: Selection) => {
  if (!attributes && !excludedAttributes) return resource
  if (attributes && excludedAttributes)
    throw refuse('invalidValue', 'Ask for attributes or exclude them, not both.')
  const names = namesIn(attributes ?? excludedAttributes ?? '')
  const entries = Object.entries(resource).flatMap(([key, value]) => {
    const path = key.toLowerCase()
    if (always.has(path)) return [[key, value] as const]
    const hasSubs = [...names].some((one) => one.startsWith(`${path}.`))
    if (attributes) {
      if (names.has(path)) return [[key, value] as const]
      return hasSubs ? [[key, subOf(value, (sub) => names.has(`${path}.${sub}`))] as const] : []
    }
    if (names.has(path)) return []
    return [[key, hasSubs ? subOf(value, (sub) => !names.has(`${path}.${sub}`)) : value] as const]
  })
  return Object.fromEntries(entries)
}
