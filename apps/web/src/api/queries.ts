import type { ChallengeView } from '@countersign/contract/sign-in'
import { queryOptions } from '@tanstack/react-query'
import { api, problemIn, read } from './client.ts'

/** A refusal is an answer; only silence is worth another try. */
export const retryOnSilence = (count: number, error: Error) =>
  count < 1 && problemIn(error)?.code === 'unavailable'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => read(api.session.$get()),
  retry: retryOnSilence,
  staleTime: 30_000,
})

export const signInQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: () => read(api['sign-in'].$get()),
  retry: retryOnSilence,
  staleTime: 0,
})

export const challengeQuery = (id: string) =>
  queryOptions({
    queryKey: ['challenge', id],
    queryFn: (): Promise<ChallengeView> => read(api.challenges[':id'].$get({ param: { id } })),
    retry: retryOnSilence,
    staleTime: Number.POSITIVE_INFINITY,
  })
