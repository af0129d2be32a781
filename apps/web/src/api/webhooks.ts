import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { companyKey } from './company.ts'
import { retryOnSilence as retry } from './queries.ts'

export const webhooksQuery = queryOptions({
  queryKey: [...companyKey, 'webhooks'],
  queryFn: () => read(api.webhooks.$get()),
  retry,
})

/** What went to one webhook, newest first, twenty at a time; looked at anew while something is on its way. */
export const deliveriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...companyKey, 'webhooks', id, 'deliveries'],
    queryFn: ({ pageParam }) => {
      const query = pageParam === null ? {} : { before: String(pageParam) }
      return read(api.webhooks[':id'].deliveries.$get({ param: { id }, query }))
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    retry,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.rows.some((row) => row.state === 'waiting')) ? 2000 : false,
  })
