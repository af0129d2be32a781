import type { EnterResult } from '@countersign/contract/applications'
import { queryOptions } from '@tanstack/react-query'
import { accountKey } from './account.ts'
import { api, read } from './client.ts'
import { retryOnSilence as retry } from './queries.ts'

/** The applications the person may open, in the company they act in. */
export const applicationsQuery = queryOptions({
  queryKey: [...accountKey, 'applications'],
  queryFn: () => read(api.applications.$get()),
  retry,
})

/** Whose door a sign-in is for; also before anybody is signed in. */
export const dressQuery = (uid: string) =>
  queryOptions({
    queryKey: ['interaction', uid],
    queryFn: () => read(api.applications.interactions[':uid'].$get({ param: { uid } })),
    retry,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What stands between the person and what an application asked for. */
export const enter = (uid: string): Promise<EnterResult> =>
  read(api.applications.interactions[':uid'].$post({ param: { uid } }))

export const signOutQuery = (query: Record<string, string>) =>
  queryOptions({
    queryKey: ['sign-out', query],
    queryFn: () => read(api.applications['sign-out'].$get({ query })),
    retry,
  })
