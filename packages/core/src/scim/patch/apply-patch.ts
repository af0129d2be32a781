import type { ScimUser } from '@countersign/contract'
import { ScimError, type ScimPatchOperation, type ScimResource, scimPatch } from 'scim-patch'
import { refuse } from '../refuse.ts'
import { readAttributes } from '../resource/read-user.ts'
import { readPatch } from './read-patch.ts'
import { readPath } from './read-path.ts'

/** Names that lead out of an object into what all objects share. */
const outOfBounds = new Set(['__proto__', 'constructor', 'prototype'])
const segments = /[.:[\]\s"]+/

/** Values are followed by the library too, by keys with dots in them. Nothing we keep lies deeper than two levels. */
const staysInside = (value: unknown, deep = 3): boolean => {
  if (typeof value !== 'object' || value === null) return true
  if (deep === 0) return false
  return Object.entries(value).every(
    ([key, one]) => !key.split(segments).some((part) => outOfBounds.has(part)) && staysInside(one, deep - 1),
  )
}

/** The library says where nothing was found; everything else it says is about the value. */
const isNoTarget = (error: unknown) => error instanceof ScimError && error.scimCode === 'noTarget'

/**
 * A user after a PATCH (RFC 7644 §3.5.2). Pure: whatever the library makes of the operations, the result is read
 * like the body of a PUT.
 * @throws Problem `scim-refused`
 */
export const applyPatch = (user: ScimUser, body: unknown): ScimUser => {
  const operations = readPatch(body).flatMap(({ op, path, value }) => {
    const target = readPath(path)
    if (target === null) return []
    if (!staysInside(value) || target.split(segments).some((part) => outOfBounds.has(part)))
      throw refuse('invalidValue', 'A value holds what no attribute has.')
    return [{ op, path: target, ...(value !== undefined && { value }) } as ScimPatchOperation]
  })
  let patched: unknown
  try {
    patched = scimPatch(user as unknown as ScimResource, operations, {
      mutateDocument: false,
      treatMissingAsAdd: true,
    })
  } catch (error) {
    // It computes on plain objects only, so whatever it stumbles over was in the operations.
    throw isNoTarget(error)
      ? refuse('noTarget', 'The filter in a path matches nothing.')
      : refuse('invalidValue', 'An operation does not fit its target.')
  }
  return readAttributes(patched)
}
