import type { AuditQuery } from '@countersign/contract/audit'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { retryOnSilence as retry } from './queries.ts'

/** As the address line carries it: text, and nothing that was left empty. */
export const asParams = (query: AuditQuery): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[key, String(value)]],
    ),
  )

export const auditQuery = (filter: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: ['company', 'audit', filter],
    queryFn: ({ pageParam }) =>
      read(
        api.audit.$get({ query: asParams(pageParam === null ? filter : { ...filter, before: pageParam }) }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    retry,
  })
