import { useEffect, useState } from 'react'

/**
 * The secret of a mailed link, from behind the #. It leaves the address bar at once, so that no history, screenshot
 * or shared address keeps it. Null where the link came without one.
 */
export const useLinkToken = (): string | null => {
  const [token] = useState(() => window.location.hash.slice(1) || null)
  useEffect(() => {
    if (token) window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [token])
  return token
}
