import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { dressQuery, waitingAt } from '../../api/applications.ts'
import { problemIn } from '../../api/client.ts'
import { ApplicationMark } from '../../ui/brand/application-mark.tsx'
import { forgetReturn, returnTo } from '../session/return-to.ts'

/** The application whose door this sign-in is; null for our own. */
export const useDoor = () => {
  const query = useQuery(dressQuery(waitingAt(returnTo() ?? '')))
  const over = problemIn(query.error)?.code === 'not-found'
  useEffect(() => {
    if (over) forgetReturn()
  }, [over])
  return query.data ?? null
}

/** Stands over every step of a sign-in for an application, so that it is plain whose door it is. */
export const DoorSign = () => {
  const door = useDoor()
  if (!door) return null
  return (
    <p className="door-sign">
      <ApplicationMark {...door} />
      <span>{door.name}</span>
    </p>
  )
}
