import { queryOptions } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { retryOnSilence as retry } from './queries.ts'

/** Everything of the person's own account lies under this key, so that one deed can make all of it reload. */
export const accountKey = ['account'] as const

export const securityQuery = queryOptions({
  queryKey: [...accountKey, 'security'],
  queryFn: () => read(api.account.security.$get()),
  retry,
})

export const profileQuery = queryOptions({
  queryKey: [...accountKey, 'profile'],
  queryFn: () => read(api.account.profile.$get()),
  retry,
})

export const sessionsQuery = queryOptions({
  queryKey: [...accountKey, 'sessions'],
  queryFn: () => read(api.session.all.$get()),
  retry,
})

export const trustedBrowsersQuery = queryOptions({
  queryKey: [...accountKey, 'trusted-browsers'],
  queryFn: () => read(api.account['trusted-browsers'].$get()),
  retry,
})

export const activityQuery = queryOptions({
  queryKey: [...accountKey, 'activity'],
  queryFn: () => read(api.account.activity.$get()),
  retry,
})

/** The companies a person may act in; asked only of those who have several. */
export const companiesQuery = queryOptions({
  queryKey: [...accountKey, 'companies'],
  queryFn: () => read(api.session.companies.$get()),
  retry,
})

/** The applications the person may open, in the company they act in. */
export const applicationsQuery = queryOptions({
  queryKey: [...accountKey, 'applications'],
  queryFn: () => read(api.applications.$get()),
  retry,
})
