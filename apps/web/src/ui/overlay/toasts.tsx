import { CircleCheck, X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'
import { IconButton } from '../button/icon-button.tsx'

const stay = 6_000

type Told = { id: number; sentence: string }
const ToastContext = createContext<((sentence: string) => void) | null>(null)

/** Says that something worked. Never the only copy of information, never an error. */
export const useToast = (): ((sentence: string) => void) => {
  const tell = useContext(ToastContext)
  if (!tell) throw new Error('useToast needs a ToastRegion around it')
  return tell
}

/** One toast: six seconds, resting while the pointer or the focus is on it (WCAG 2.2.1). */
const Toast = ({ sentence, onGone }: { sentence: string; onGone: () => void }) => {
  const [held, setHeld] = useState(false)
  const gone = useRef(onGone)
  gone.current = onGone
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => gone.current(), stay)
    return () => clearTimeout(timer)
  }, [held])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only pauses the clock; nothing is operated
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <CircleCheck className="i" aria-hidden="true" />
      <span className="grow">{sentence}</span>
      <IconButton label="Dismiss" icon={X} small onClick={onGone} />
    </div>
  )
}

export const ToastRegion = ({ children }: { children: ReactNode }) => {
  const [told, setTold] = useState<readonly Told[]>([])
  const next = useRef(0)
  const tell = useCallback((sentence: string) => {
    next.current += 1
    setTold((before) => [...before, { id: next.current, sentence }])
  }, [])
  return (
    <ToastContext value={tell}>
      {children}
      <div className="toasts" role="status">
        {told.map(({ id, sentence }) => (
          <Toast
            key={id}
            sentence={sentence}
            onGone={() => setTold((now) => now.filter((t) => t.id !== id))}
          />
        ))}
      </div>
    </ToastContext>
  )
}
