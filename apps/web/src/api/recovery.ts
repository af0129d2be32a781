import { queryOptions } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { retryOnSilence as retry } from './queries.ts'

/** Everything about ways back into accounts lies under this key. */
export const recoveryKey = ['recovery'] as const

export const recoveryOptionsQuery = queryOptions({
  queryKey: [...recoveryKey, 'options'],
  queryFn: () => read(api.recovery.options.$get()),
  retry,
  staleTime: 0,
})

export const personRecoveryQuery = (id: string) =>
  queryOptions({
    queryKey: [...recoveryKey, 'person', id],
    queryFn: () => read(api.recovery.people[':id'].$get({ param: { id } })),
    retry,
    staleTime: 0,
  })

/** While the mail server has not taken the mail, it is looked at again every two seconds. */
export const passcodeQuery = (id: string) =>
  queryOptions({
    queryKey: [...recoveryKey, 'passcode', id],
    queryFn: () => read(api.recovery.passcodes[':id'].$get({ param: { id } })),
    retry,
    refetchInterval: ({ state }) => (state.data?.status === 'sending' ? 2000 : 10_000),
  })

export const phoneChangesQuery = queryOptions({
  queryKey: [...recoveryKey, 'phone-changes'],
  queryFn: () => read(api.recovery['phone-changes'].$get()),
  retry,
  staleTime: 0,
})

export const ownPhoneChangeQuery = queryOptions({
  queryKey: [...recoveryKey, 'own-phone-change'],
  queryFn: () => read(api.recovery['phone-change'].$get()),
  retry,
  staleTime: 30_000,
})

/** A caller is on the line for ten minutes at most, so it is asked for more often than other things. */
export const callerCheckQuery = queryOptions({
  queryKey: [...recoveryKey, 'caller-check'],
  queryFn: () => read(api.recovery['caller-check'].$get()),
  retry,
  refetchInterval: 15_000,
})

export const recoverySettingsQuery = queryOptions({
  queryKey: [...recoveryKey, 'settings'],
  queryFn: () => read(api.recovery.settings.$get()),
  retry,
})

export const readinessQuery = queryOptions({
  queryKey: [...recoveryKey, 'readiness'],
  queryFn: () => read(api.recovery.readiness.$get()),
  retry,
})
