import type { PromptResponse } from '@countersign/contract/prompt'
import type { ChallengeView, FactorName, VerifyResult } from '@countersign/contract/sign-in'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, read } from './client.ts'
import { challengeQuery } from './queries.ts'

const keep = (client: QueryClient, challenge: ChallengeView) => {
  client.setQueryData(challengeQuery(challenge.id).queryKey, challenge)
  return challenge
}

/** Asks one of the person's authenticators; at sign-in or to step up. */
export const useStartChallenge = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (authenticatorId: string) =>
      keep(client, await read(api.challenges.$post({ json: { authenticatorId } }))),
  })
}

/** Begins to enrol a factor. */
export const useStartEnrolment = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (factor: FactorName) =>
      keep(client, await read(api.challenges.enrolments.$post({ json: { factor } }))),
  })
}

/** A new phone number in place of the one that gets codes; the old one goes when the new one is proven. */
export const useStartPhoneChange = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => keep(client, await read(api.recovery['phone-change'].$post())),
  })
}

/** Sends a response and keeps what the challenge shows next. */
export const useRespond = (onResult: (result: VerifyResult) => void) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, response }: { id: string; response: PromptResponse }) => {
      const result = await read(api.challenges[':id'].verify.$post({ param: { id }, json: response }))
      if (result.outcome === 'next' || result.outcome === 'waiting') keep(client, result.challenge)
      if (result.outcome === 'enrolled' && result.next) keep(client, result.next)
      return result
    },
    onSuccess: onResult,
  })
}

export const useResend = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, channel }: { id: string; channel: 'sms' | 'call' | 'email' }) =>
      keep(client, await read(api.challenges[':id'].resend.$post({ param: { id }, json: { channel } }))),
  })
}
