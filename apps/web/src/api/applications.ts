import type { DoorView, EnterResult } from '@countersign/contract/applications'
import { queryOptions } from '@tanstack/react-query'
import { paths } from '../paths.ts'
import { api, read } from './client.ts'
import { retryOnSilence as retry } from './queries.ts'

/** What is asked for at a door: by OpenID Connect, or an address behind forward authentication. */
export type Waiting = { uid: string } | { to: string; browser: string }

/** What one of our own paths is the way into; null for all others. */
export const waitingAt = (path: string): Waiting | null => {
  const [, uid] = /^\/enter\/([\w-]+)$/u.exec(path) ?? []
  if (uid) return { uid }
  const [where, search] = path.split('?', 2)
  if (where !== paths.enterSite) return null
  const asked = new URLSearchParams(search)
  return { to: asked.get('to') ?? '', browser: asked.get('browser') ?? '' }
}

/** Whose door a sign-in is for; also before anybody is signed in. */
export const dressQuery = (waiting: Waiting | null) =>
  queryOptions({
    queryKey: ['door', waiting],
    queryFn: (): Promise<DoorView> => {
      if (waiting && 'uid' in waiting)
        return read(api.applications.interactions[':uid'].$get({ param: waiting }))
      return read(api['forward-auth'].door.$get({ query: { to: waiting?.to ?? '' } }))
    },
    enabled: waiting !== null,
    retry,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What stands between the person and what is asked for. */
export const enter = (waiting: Waiting): Promise<EnterResult> =>
  'uid' in waiting
    ? read(api.applications.interactions[':uid'].$post({ param: waiting }))
    : read(api['forward-auth'].entries.$post({ json: waiting }))

export const signOutQuery = (query: Record<string, string>) =>
  queryOptions({
    queryKey: ['sign-out', query],
    queryFn: () => read(api.applications['sign-out'].$get({ query })),
    retry,
  })
