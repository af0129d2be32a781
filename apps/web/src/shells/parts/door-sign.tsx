import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { dressQuery, waitingAt } from '../../api/applications.ts'
import { problemIn } from '../../api/client.ts'
import { ApplicationSign } from '../../ui/brand/application-sign.tsx'
import { forgetReturn, returnTo } from '../session/return-to.ts'

/** The application whose door this sign-in is, or at whose door the person stands already; null for our own. */
export const useDoor = () => {
  const { pathname, search } = useLocation()
  const query = useQuery(dressQuery(waitingAt(`${pathname}${search}`) ?? waitingAt(returnTo() ?? '')))
  const over = problemIn(query.error)?.code === 'not-found'
  useEffect(() => {
    if (over) forgetReturn()
  }, [over])
  return query.data ?? null
}

/** Stands over every step of a sign-in for an application, so that it is plain whose door it is. */
export const DoorSign = () => {
  const door = useDoor()
  return door && <ApplicationSign {...door} />
}
