import type { SignInView } from '@countersign/contract/sign-in'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, problemIn, read } from '../../api/client.ts'
import { signInQuery } from '../../api/queries.ts'
import { useDone } from './use-done.ts'

/** Where the sign-in of this browser stands; `over` when there is none any more. */
export const useSignInView = (): {
  signIn: SignInView | null
  over: boolean
  failed: boolean
  retry: () => void
} => {
  const query = useQuery(signInQuery)
  const code = problemIn(query.error)?.code
  return {
    signIn: query.data ?? null,
    over: code === 'attempt-over',
    failed: query.isError && code !== 'attempt-over',
    retry: () => void query.refetch(),
  }
}

export const useRemindLater = () => {
  const done = useDone()
  return useMutation({ mutationFn: () => read(api['sign-in']['remind-later'].$post()), onSuccess: done })
}

/** "Not you?": the attempt ends, here and on the server. */
export const useAbandon = () => {
  const client = useQueryClient()
  return () => {
    client.removeQueries({ queryKey: signInQuery.queryKey })
    void read(api['sign-in'].$delete()).catch(() => null)
  }
}
