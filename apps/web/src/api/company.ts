import { queryOptions } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { retryOnSilence as retry } from './queries.ts'

/** Everything of the company acted in lies under this key. */
export const companyKey = ['company'] as const

export const companyQuery = queryOptions({
  queryKey: [...companyKey, 'settings'],
  queryFn: () => read(api.company.$get()),
  retry,
  // Mails on their way are counted as they leave.
  refetchInterval: ({ state }) => {
    const mails = state.data?.mails
    return mails && mails.sent < mails.total ? 2000 : false
  },
})

export const rehearsalQuery = queryOptions({
  queryKey: [...companyKey, 'rehearsal'],
  queryFn: () => read(api.company.rehearsal.$get()),
  retry,
})

export const enrolmentQuery = queryOptions({
  queryKey: [...companyKey, 'enrolment'],
  queryFn: () => read(api.company.enrolment.$get()),
  retry,
})

export const networksQuery = queryOptions({
  queryKey: [...companyKey, 'networks'],
  queryFn: () => read(api.networks.$get()),
  retry,
})
