import { mostOperations, patchSchema, scimPatchShape } from '@countersign/contract'
import { refuse } from '../refuse.ts'
import { inRightCase } from '../resource/read-user.ts'

export type Operation = { op: 'add' | 'replace' | 'remove'; path: string; value: unknown }

/**
 * The operations of a PATCH, each with a path: one without stands for one on each attribute of its value, which is
 * how Okta and Microsoft Entra also send several at once (RFC 7644 §3.5.2).
 * @throws Problem `scim-refused`
 */
export const readPatch = (given: unknown): Operation[] => {
  // "operations" and "Operations" are one name; the standard's own examples have the capital.
  const parsed = scimPatchShape.safeParse(renamed(given))
  if (!parsed.success)
    throw refuse('invalidSyntax', `A PATCH names ${patchSchema} and has 1 to ${mostOperations} Operations.`)
  return parsed.data.Operations.flatMap(({ op, path, value }) => {
    if (path) return [{ op, path, value: inRightCase(value) }]
    if (op === 'remove') throw refuse('noTarget', 'A removal needs a path.')
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw refuse('invalidValue', 'Without a path the value has to be attributes.')
    return Object.entries(value).map(([key, one]) => ({ op, path: key, value: inRightCase(one) }))
  })
}

const renamed = (given: unknown): unknown => {
  if (typeof given !== 'object' || given === null || !('operations' in given)) return given
  return { Operations: given.operations, ...given }
}
