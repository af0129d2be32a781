import { useEffect, useState } from 'react'

/**
 * Whole seconds left of `seconds`, counted on this browser's clock from `since` (the epoch milliseconds at which
 * the answer arrived): the portal's clock may differ from ours. A new `since` starts the count again.
 */
export const useRemaining = (seconds: number, since: number): number => {
  const left = () => Math.max(0, Math.ceil(seconds - (Date.now() - since) / 1000))
  const [, redraw] = useState(0)
  const remaining = left()
  useEffect(() => {
    const end = since + seconds * 1000
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = () => {
      const rest = end - Date.now()
      redraw((n) => n + 1)
      if (rest > 0) timer = setTimeout(tick, rest % 1000 || 1000)
    }
    const rest = end - Date.now()
    if (rest > 0) timer = setTimeout(tick, rest % 1000 || 1000)
    return () => clearTimeout(timer)
  }, [seconds, since])
  return remaining
}

/** 78 → "1:18". */
export const clockText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** 78 → "1 minute 18 seconds", for what is read aloud. */
export const spokenDuration = (seconds: number): string => {
  const parts = [
    [Math.floor(seconds / 60), 'minute'],
    [seconds % 60, 'second'],
  ] as const
  const spoken = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}${n === 1 ? '' : 's'}`)
  return spoken.join(' ') || '0 seconds'
}
