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

/**
 * While the mail server has not taken the mail, it is looked at again every two seconds, for five minutes: what
 * asks for ever keeps a session from idling that nobody sits at.
 */
export const passcodeQuery = (id: string) =>
  queryOptions({
    queryKey: [...recoveryKey, 'passcode', id],
    queryFn: () => read(api.recovery.passcodes[':id'].$get({ param: { id } })),
    retry,
    refetchInterval: ({ state }) =>
      state.data?.status === 'sending' && state.dataUpdateCount < 150 ? 2000 : false,
    staleTime: 0,
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

/** Asked for whenever somebody comes to the page or back to it, and not by a clock, which would count as presence. */
export const callerCheckQuery = queryOptions({
  queryKey: [...recoveryKey, 'caller-check'],
  queryFn: () => read(api.recovery['caller-check'].$get()),
  retry,
  staleTime: 5_000,
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
