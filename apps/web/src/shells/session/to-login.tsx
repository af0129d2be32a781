import { useEffect } from 'react'
import { Navigate } from 'react-router'
import { paths } from '../../paths.ts'
import { leaveParting, type Parting } from './parting.ts'

/** Leads to the sign-in, which says why; null for somebody who comes for the first time. */
export const ToLogin = ({ parting }: { parting: Parting | null }) => {
  useEffect(() => {
    if (parting) leaveParting(parting)
  }, [parting])
  return <Navigate to={paths.login} replace />
}
