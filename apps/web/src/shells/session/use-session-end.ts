import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { problemIn } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'

const [sessionKey] = sessionQuery.queryKey

/** Whoever hears "not signed in" first makes the shell ask for itself, and leave if it is so. */
export const useSessionEnd = () => {
  const client = useQueryClient()
  useEffect(() => {
    const look = (error: unknown) => {
      if (problemIn(error)?.code === 'not-signed-in')
        void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    }
    const stops = [
      client.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.query.queryKey[0] === sessionKey) return
        if (event.action.type === 'error') look(event.action.error)
      }),
      client.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') look(event.action.error)
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client])
}
