import { parameters } from '../../policy/parameters.ts'
import { refuse } from '../refuse.ts'

/** PATH of RFC 7644 §3.5.2 in its parts: an extension's name, an attribute, a value filter, a sub-attribute. */
const shape = /^(?:(urn:[\w.:-]+):)?([A-Za-z$][\w$-]*)(?:\[([^[\]]+)\])?(?:\.([A-Za-z$][\w$-]*))?$/

const core = 'urn:ietf:params:scim:schemas:core:2.0:user'

/** What of a User is kept, with its parts; the names in their right case. */
const kept: Record<string, { name: string; subs: string[] }> = {
  username: { name: 'userName', subs: [] },
  externalid: { name: 'externalId', subs: [] },
  displayname: { name: 'displayName', subs: [] },
  active: { name: 'active', subs: [] },
  name: { name: 'name', subs: ['formatted', 'givenName', 'familyName'] },
  emails: { name: 'emails', subs: ['value', 'type', 'primary'] },
  phonenumbers: { name: 'phoneNumbers', subs: ['value', 'type', 'primary'] },
}

const readOnly = new Set(['id', 'meta', 'groups'])

/** The rest of RFC 7643 §4.1: accepted, so that a directory's usual mapping works, and not kept. */
const leftAside = new Set(
  'nickname profileurl title usertype preferredlanguage locale timezone password ims photos addresses entitlements roles x509certificates schemas'.split(
    ' ',
  ),
)

/**
 * A path in its right case, made of names from our list only: nothing else ever reaches the library that follows
 * paths into objects. Null for what is accepted and not kept.
 * @throws Problem `scim-refused` as invalidPath, noTarget or mutability
 */
export const readPath = (path: string): string | null => {
  const [, urn, attribute = '', filter, sub] = shape.exec(path) ?? []
  if (!attribute) throw refuse('invalidPath', 'This is not a path.')
  if (urn !== undefined && urn.toLowerCase() !== core) return null
  const name = attribute.toLowerCase()
  if (readOnly.has(name)) throw refuse('mutability', 'This attribute is ours to set.')
  if (leftAside.has(name)) return null
  const found = Object.hasOwn(kept, name) ? kept[name] : undefined
  if (!found) throw refuse('noTarget', 'There is no such attribute.')
  const several = found.name === 'emails' || found.name === 'phoneNumbers'
  if (filter !== undefined && (!several || filter.length > parameters.scim.filterLength))
    throw refuse('invalidPath', 'A value filter stands after emails or phoneNumbers only.')
  const part = found.subs.find((one) => one.toLowerCase() === sub?.toLowerCase())
  // Parts of a name that we do not keep, such as the middle one.
  if (sub !== undefined && !part && found.subs.length > 0) return null
  if (sub !== undefined && !part) throw refuse('noTarget', 'There is no such attribute.')
  return `${found.name}${filter === undefined ? '' : `[${filter}]`}${part ? `.${part}` : ''}`
}
