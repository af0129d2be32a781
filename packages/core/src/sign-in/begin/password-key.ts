import type { Deps } from '../../deps.ts'
import { canonicalEmail } from '../buckets.ts'
import { knownBrowser } from './known-browser.ts'

/**
 * The counter a password try is charged to. A browser that signed in before has one of its own: strangers cannot
 * lock its owner out (ASVS 6.1.1).
 */
export const passwordKey = (deps: Pick<Deps, 'keyedHash'>, email: string, browser: string | null): string => {
  const account = deps.keyedHash('throttle', canonicalEmail(email)).toString('base64url')
  return `password:${account}:${knownBrowser(deps, email, browser) ?? 'stranger'}`
}
