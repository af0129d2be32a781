import { queryOptions } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { companyKey } from './company.ts'
import { retryOnSilence as retry } from './queries.ts'

export const provisioningQuery = queryOptions({
  queryKey: [...companyKey, 'provisioning'],
  queryFn: () => read(api.provisioning.$get()),
  retry,
})
