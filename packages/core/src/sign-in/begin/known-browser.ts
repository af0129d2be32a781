import type { Deps } from '../../deps.ts'
import { newToken, sameBytes } from '../../keys/tokens.ts'
import { canonicalEmail } from '../buckets.ts'

const tag = (deps: Pick<Deps, 'keyedHash'>, email: string, id: string) =>
  deps.keyedHash('known-browser', `${canonicalEmail(email)}\0${id}`).toString('base64url')

/** A cookie for a browser that finished a sign-in as this person. It opens nothing; it only counts apart. */
export const newKnownBrowser = (deps: Pick<Deps, 'keyedHash'>, email: string): string => {
  const id = newToken()
  return `${id}.${tag(deps, email, id)}`
}

/** The browser's own id when the cookie was made for this address, else null. */
export const knownBrowser = (
  deps: Pick<Deps, 'keyedHash'>,
  email: string,
  cookie: string | null,
): string | null => {
  const [id = '', mac = ''] = cookie?.split('.') ?? []
  return id && sameBytes(Buffer.from(mac), Buffer.from(tag(deps, email, id))) ? id : null
}
