import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'react-router'
import { sessionQuery } from '../../api/queries.ts'
import { returnTo } from '../../shells/session/return-to.ts'

/**
 * The way on for somebody who stands before an application's door and is signed in already: in another tab, or by
 * going back. Null where they are to prove themselves again, and for everybody else.
 */
export const useKnown = (beforeDoor: boolean): string | null => {
  const again = (useLocation().state as { again?: boolean } | null)?.again === true
  const session = useQuery({ ...sessionQuery, enabled: beforeDoor && !again })
  return beforeDoor && !again && session.data ? returnTo() : null
}
