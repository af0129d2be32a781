import type { EmployeeFilter, EmployeeQuery } from '@countersign/contract/employees'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { retryOnSilence as retry } from './queries.ts'

/** Everything of the directory lies under this key, so that one change makes all of it reload. */
export const employeesKey = ['employees'] as const

export const employeesQuery = (query: EmployeeQuery) =>
  queryOptions({
    queryKey: [...employeesKey, 'page', query],
    queryFn: () => read(api.employees.$get({ query })),
    placeholderData: keepPreviousData,
    retry,
  })

export const countsQuery = (query: EmployeeFilter) =>
  queryOptions({
    queryKey: [...employeesKey, 'counts', query],
    queryFn: () => read(api.employees.counts.$get({ query })),
    placeholderData: keepPreviousData,
    retry,
  })

export const employeeQuery = (id: string) =>
  queryOptions({
    queryKey: [...employeesKey, 'person', id],
    queryFn: () => read(api.employees[':id'].$get({ param: { id } })),
    staleTime: 0,
    retry,
  })

/** An import on its way is asked for every second, a finished one no more. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: () => read(api.employees.imports[':id'].$get({ param: { id } })),
    refetchInterval: ({ state }) => (state.data?.finishedAt ? false : 1000),
    retry,
  })

export const latestImportQuery = queryOptions({
  queryKey: ['import', 'latest'],
  queryFn: () => read(api.employees.imports.latest.$get()),
  retry,
})
