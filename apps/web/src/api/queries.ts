import type { ChallengeView } from '@countersign/contract/sign-in'
import { queryOptions } from '@tanstack/react-query'
import { api, problemIn, read } from './client.ts'

/** A refusal is an answer; only silence is worth another try. */
const retry = (count: number, error: Error) => count < 1 && problemIn(error)?.code === 'unavailable'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => read(api.session.$get()),
  retry,
  staleTime: 30_000,
})

export const signInQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: () => read(api['sign-in'].$get()),
  retry,
  staleTime: 0,
})

export const challengeQuery = (id: string) =>
  queryOptions({
    queryKey: ['challenge', id],
    queryFn: (): Promise<ChallengeView> => read(api.challenges[':id'].$get({ param: { id } })),
    retry,
    staleTime: Number.POSITIVE_INFINITY,
  })
