import type { SignOutQuery, SignOutView } from '@countersign/contract'
import { type ApplicationRow, find } from '../db/stores/applications/applications.ts'
import type { Deps } from '../deps.ts'
import { dressOf } from './view-application.ts'

/** Where an application may have people sent to after signing out: an address it registered, as it is written there. */
export const wayBack = (
  application: ApplicationRow | null,
  { post_logout_redirect_uri: uri, state }: SignOutQuery,
): string | null => {
  if (!uri || !application?.postLogoutRedirectUris.includes(uri)) return null
  const url = new URL(uri)
  if (state !== undefined) url.searchParams.set('state', state)
  return url.href
}

/** What the page that asks before signing out says. An application that is disabled sends nobody anywhere. */
export const viewSignOut = async (deps: Deps, query: SignOutQuery): Promise<SignOutView> => {
  const found = query.client_id ? await find(deps.sql, query.client_id) : null
  const application = found?.disabledAt === null ? found : null
  return { application: application && dressOf(application), back: wayBack(application, query) }
}
