import { queryOptions } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { companyKey } from './company.ts'
import { retryOnSilence as retry } from './queries.ts'

/** Organization 2FA with Duo; mails on their way are counted as they leave. */
export const duoQuery = queryOptions({
  queryKey: [...companyKey, 'duo'],
  queryFn: () => read(api.duo.$get()),
  retry,
  refetchInterval: ({ state }) => {
    const mails = state.data?.reset?.mails
    return mails && mails.sent < mails.total ? 1000 : false
  },
})

export const duoRehearsalQuery = queryOptions({
  queryKey: [...companyKey, 'duo-rehearsal'],
  queryFn: () => read(api.duo.rehearsal.$get()),
  retry,
  staleTime: 0,
})

export const duoPeopleQuery = queryOptions({
  queryKey: [...companyKey, 'duo-people'],
  queryFn: () => read(api.duo.people.$get()),
  retry,
  staleTime: 0,
})
