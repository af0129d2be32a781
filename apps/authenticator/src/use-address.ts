import { useEffect, useState } from 'preact/hooks'
import type { Tab } from './frame.tsx'

export type Address = { view: Tab } | { view: 'pair'; code: string | null }

const read = (): Address => {
  const hash = location.hash.slice(1)
  const [, code] = /^pair=([\w-]{22})$/.exec(hash) ?? []
  if (code) {
    // Kept out of the history: whoever goes back must not find a code there.
    history.replaceState(null, '', '#pair')
    return { view: 'pair', code }
  }
  if (hash.startsWith('pair')) return { view: 'pair', code: null }
  return { view: hash === 'requests' || hash === 'settings' ? hash : 'token' }
}

/** Which view the address names. */
export const useAddress = (): [Address, (to: Address) => void] => {
  const [address, setAddress] = useState(read)
  useEffect(() => {
    const moved = () => setAddress(read())
    window.addEventListener('hashchange', moved)
    return () => window.removeEventListener('hashchange', moved)
  }, [])
  const go = (to: Address) => {
    history.pushState(null, '', `#${to.view}`)
    setAddress(to)
  }
  return [address, go]
}
