import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { companyKey } from './company.ts'
import { retryOnSilence as retry } from './queries.ts'

/**
 * Looked at every two seconds while something is on its way, for a minute: a page that asks for ever keeps a session
 * from idling that nobody sits at, and a receiver that is away makes things wait for a day.
 */
const soon = (isWaiting: boolean, looks: number): number | false => (isWaiting && looks < 30 ? 2000 : false)

export const webhooksQuery = queryOptions({
  queryKey: [...companyKey, 'webhooks'],
  queryFn: () => read(api.webhooks.$get()),
  retry,
  refetchInterval: ({ state }) =>
    soon(state.data?.some((webhook) => webhook.waiting > 0) ?? false, state.dataUpdateCount),
})

/** What went to one webhook, newest first, twenty at a time. */
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
      soon(
        state.data?.pages.some((page) => page.rows.some((row) => row.state === 'waiting')) ?? false,
        state.dataUpdateCount,
      ),
  })
