import { useQueryClient } from '@tanstack/react-query'
import { api, read } from '../../api/client.ts'
import { signInQuery } from '../../api/queries.ts'

/** "Not you?": the attempt ends, here and on the server. */
export const useAbandon = () => {
  const client = useQueryClient()
  return () => {
    client.removeQueries({ queryKey: signInQuery.queryKey })
    void read(api['sign-in'].$delete()).catch(() => null)
  }
}
