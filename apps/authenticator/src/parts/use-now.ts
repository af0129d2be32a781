import { useEffect, useState } from 'preact/hooks'
import { portalNow } from '../device/clock.ts'

/** The portal's time, told anew several times a second while somebody looks. */
export const useNow = (every = 250): number => {
  const [now, setNow] = useState(portalNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(portalNow()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
