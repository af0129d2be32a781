import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'

/** The page somebody came from before they had to sign in, on this site only. */
const takeReturnPath = (): string => {
  const path = sessionStorage.getItem('return-to')
  sessionStorage.removeItem('return-to')
  return path && /^\/(?![/\\])/u.test(path) && !path.startsWith(paths.login) ? path : paths.home
}

/** A session has begun: nothing of the time before it may be shown any more. */
export const useDone = () => {
  const client = useQueryClient()
  const navigate = useNavigate()
  return () => {
    client.clear()
    navigate(takeReturnPath(), { replace: true })
  }
}
