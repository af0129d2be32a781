import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { dressQuery } from '../../api/applications.ts'
import { problemIn } from '../../api/client.ts'
import { ApplicationMark } from '../../ui/brand/application-mark.tsx'
import { forgetReturn, returnTo } from '../session/return-to.ts'

/** What an application asked for in this tab, while somebody signs in for it. */
const waitingHere = (): string | null => /^\/enter\/([\w-]+)$/u.exec(returnTo() ?? '')?.[1] ?? null

/** The application whose door this sign-in is; null for our own. */
export const useDoor = () => {
  const uid = waitingHere()
  const query = useQuery({ ...dressQuery(uid ?? ''), enabled: uid !== null })
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
